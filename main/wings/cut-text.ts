/**
 * At most `length` code units of a text. What is cut is a copy of its own: a mere slice would keep the whole text in
 * memory for as long as the slice lives.
 */
export function cutText(text: string, length: number): string {
  return text.length > length ? Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le') : text;
}
