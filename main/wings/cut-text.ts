/**
 * Cuts a text to at most `length` UTF-16 code units.
 * The result is a copy: a plain slice would keep the whole text in memory.
 */
export function cutText(text: string, length: number): string {
  return text.length > length ? Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le') : text;
}
