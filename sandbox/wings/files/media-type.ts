import type { Stats } from 'node:fs';
import { open } from 'node:fs/promises';

const other = 'application/octet-stream';
const lookedAtBytes = 3072;

/** Magic numbers in hexadecimal. */
const magic: readonly (readonly [string, string])[] = [
  ['1f8b', 'application/gzip'],
  ['504b0304', 'application/zip'],
  ['425a68', 'application/x-bzip2'],
  ['fffe', 'text/plain; charset=utf-16le'],
  ['feff', 'text/plain; charset=utf-16be'],
  ['89504e47', 'image/png'],
];

/** Media type of a file by its first bytes. */
export async function mediaType(path: string, found: Stats): Promise<string> {
  if (found.isDirectory()) return 'inode/directory';
  if (!found.isFile()) return other;
  if (found.size === 0) return 'text/plain';
  const file = await open(path).catch(() => null);
  if (file === null) return other;
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(lookedAtBytes), 0, lookedAtBytes, 0);
    return typeOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

function typeOf(bytes: Buffer): string {
  const start = bytes.subarray(0, 4).toString('hex');
  const known = magic.find(([prefix]) => start.startsWith(prefix));
  if (known !== undefined) return known[1];
  // Control characters other than those of a terminal are no text.
  if (bytes.some((byte) => byte < 7 || (byte > 13 && byte < 27) || (byte > 27 && byte < 32))) return other;
  return isJson(bytes.toString()) ? 'application/json' : 'text/plain; charset=utf-8';
}

function isJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
