/** A form with one file, as nodes take it (PROTOCOL 2.17.12). Pure. */

export interface Multipart {
  /** Media type of the whole. */
  readonly type: string;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
}

/** `name` = without quotation marks, backslashes and control characters. `boundary` = text that no file holds. */
export function multipart(name: string, boundary: string): Multipart {
  const text = new TextEncoder();
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    head: text.encode(
      `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n` +
        'Content-Type: application/octet-stream\r\n\r\n',
    ),
    tail: text.encode(`\r\n--${boundary}--\r\n`),
  };
}

/** Whether nodes read the name from a form unchanged. */
export function fitsForm(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters end or split a field
  return !/["\\\u0000-\u001f\u007f]/.test(name);
}
