/** Permissions of a file on its node, as octal digits and as letters. Pure. */

export const classes = ['owner', 'group', 'others'] as const;
export const rights = ['read', 'write', 'execute'] as const;

/** The nine switches, as in the digits from left to right. */
export type ModeBits = readonly boolean[];

/** Three or four octal digits. */
export function isMode(text: string): boolean {
  return /^[0-7]{3,4}$/.test(text);
}

/** Digits with their zeros, which the panels leave out: `44` is `044` (PROTOCOL 2.17.1). */
export function wholeMode(mode: string): string {
  return mode.padStart(3, '0');
}

export function bitsOf(mode: string): ModeBits {
  const bits = parseInt(mode, 8) || 0;
  return Array.from({ length: 9 }, (_, at) => ((bits >> (8 - at)) & 1) === 1);
}

/** The mode with one switch changed. A fourth digit stays. */
export function withBit(mode: string, at: number, isOn: boolean): string {
  const bit = 1 << (8 - at);
  const bits = parseInt(mode, 8) || 0;
  return (isOn ? bits | bit : bits & ~bit).toString(8).padStart(mode.length, '0');
}

/** `rw-r--r--`. */
export function modeLetters(mode: string): string {
  return bitsOf(mode)
    .map((isOn, at) => (isOn ? 'rwx'.charAt(at % 3) : '-'))
    .join('');
}
