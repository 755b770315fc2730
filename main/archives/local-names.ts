/**
 * Paths on this computer for the paths inside of an archive. Pure.
 *
 * Names are hostile: each becomes one name of one folder, below the folder into which the archive is unpacked.
 */
import { oneLine } from '../../bridge/console/plain-line.js';
import { safeFileName } from '../base/safe-file-name.js';

/** Longest name that the file systems in use take, in bytes of UTF-8. */
const mostBytes = 255;
/** Longest path inside of an archive, in characters; a file system has none that is longer. */
const mostPath = 4096;
/** Most folders below each other. */
const mostDeep = 128;
/** Characters that Windows allows in no name, and endings of names that Windows drops. */
const notOnWindows = /[:*?"<>|]|[. ]$/;
/** Names that Windows opens as a device, with any ending. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;

/** Names from the folder that is unpacked to the file; null for a path that leads elsewhere. */
export function partsOf(path: string): string[] | null {
  if (path.length > mostPath || path.startsWith('/') || path.includes('\0')) return null;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const leadsOut = parts.includes('..') || parts.length === 0 || parts.length > mostDeep;
  return leadsOut ? null : parts;
}

/**
 * The name unchanged if this computer takes it and shows each of its characters, else a safe name.
 *
 * `number` from 2 on distinguishes files that would get the same name. `other` = the name of a file without usable
 * characters.
 */
export function localName(name: string, wish: { number: number; other: string; isWindows: boolean }): string {
  const { number, other, isWindows } = wish;
  const isUsual =
    oneLine(name, mostBytes) === name &&
    Buffer.byteLength(name) <= mostBytes &&
    !name.includes('\\') &&
    !(isWindows && (notOnWindows.test(name) || device.test(name)));
  if (isUsual && number < 2) return name;
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? '';
  return safeFileName(name.slice(0, name.length - ending.length), { ending, other, number });
}
