/** Limits of mclo.gs, which cuts a longer text without a word. */
export const mostShared = { bytes: 10 * 1024 * 1024, lines: 25_000 } as const;

/** Size of a text as a log service counts it: bytes of UTF-8, and lines. */
export interface ShareSize {
  readonly bytes: number;
  readonly lines: number;
  readonly isTooLarge: boolean;
}

export function shareSize(text: string): ShareSize {
  let bytes = 0;
  let lines = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10) lines += 1;
    // Each half of a surrogate pair counts two of the four bytes.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return { bytes, lines, isTooLarge: bytes > mostShared.bytes || lines > mostShared.lines };
}
