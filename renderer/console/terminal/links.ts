/** Links in the console's text. Only https links are opened; main refuses all others as well. */

/** Matches up to the first character that no link holds, without trailing punctuation. */
export const linkPattern = /https:\/\/[^\s"'!*(){}|\\^<>`]*[^\s"':,.!?{}|\\^~[\]`()<>]/i;

const longest = 2000;

/** Whether main would open this link. */
export function isLink(text: string): boolean {
  if (text.length > longest || !URL.canParse(text)) return false;
  return new URL(text).protocol === 'https:';
}

/** Distinct links in text order. */
export function findLinks(text: string): string[] {
  const found = text.match(new RegExp(linkPattern.source, 'gi')) ?? [];
  return [...new Set(found)].filter(isLink);
}
