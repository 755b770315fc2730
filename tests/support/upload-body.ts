/** Between the parts of the body of an upload. */
const boundary = '----upload';

/** Content type of `uploadOf`. */
export const uploadType = `multipart/form-data; boundary=${boundary}`;

/** Body of an upload of files by name and text. */
export function uploadOf(files: readonly (readonly [string, string])[], field = 'files'): string {
  const parts = files.map(
    ([name, text]) =>
      `--${boundary}\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\n${text}\r\n`,
  );
  return `${parts.join('')}--${boundary}--\r\n`;
}
