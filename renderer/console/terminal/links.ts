/** Addresses in the console's text. https only: nothing else is ever opened (and main refuses it, too). */

/** Up to what can't be part of an address, without the punctuation that closes a sentence. */
export const linkPattern = /https:\/\/[^\s"'!*(){}|\\^<>`]*[^\s"':,.!?{}|\\^~[\]`()<>]/i;

const longest = 2000;

/** Whether main would open it. */
export function isLink(text: string): boolean {
  if (text.length > longest || !URL.canParse(text)) return false;
  return new URL(text).protocol === 'https:';
}

/** Each address once, in the order of the text. */
export function findLinks(text: string): string[] {
  const found = text.match(new RegExp(linkPattern.source, 'gi')) ?? [];
  return [...new Set(found)].filter(isLink);
}
