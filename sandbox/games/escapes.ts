const SIMPLE: Readonly<Record<string, string>> = {
  e: '\u001b',
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\u0007',
  b: '\b',
  0: '\0',
  '\\': '\\',
};

/** Replaces `\e`, `\n`, `\xHH` and `\uHHHH` in a typed text; `\xHH` gives the raw byte. */
export function unescapeBytes(text: string): Buffer {
  const parts: Buffer[] = [];
  const pattern = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))|[^\\]+|\\/gsu;
  for (const [whole, byte, unit, letter] of text.matchAll(pattern)) {
    if (byte !== undefined) parts.push(Buffer.from([parseInt(byte, 16)]));
    else if (unit !== undefined) parts.push(Buffer.from(String.fromCharCode(parseInt(unit, 16))));
    else if (letter !== undefined) parts.push(Buffer.from(SIMPLE[letter] ?? whole));
    else parts.push(Buffer.from(whole));
  }
  return Buffer.concat(parts);
}
