/** File names from names that others chose (panels, nodes, servers). Pure. */
import { oneLine } from '../../bridge/console/plain-line.js';

/** Limit of a name on the file systems in use: bytes of UTF-8 on Linux, fewer UTF-16 units elsewhere. */
const mostBytes = 255;
/** Names that Windows takes for devices, whatever ending they have. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])\s*(?:\.|$)/i;

/**
 * A name of one file in a folder: no separators, no control characters and none that reverse text, no device, no dot
 * at either end, at most 255 bytes with its ending.
 * `ending` = with its dot, chosen by Perch. `other` replaces a name without usable characters. `number` from 2 on tells
 * files of the same name apart: `Nightly (2).tar.gz`.
 */
export function safeFileName(
  name: string,
  { ending, other, number = 1 }: { ending: string; other: string; number?: number },
): string {
  const end = `${number < 2 ? '' : ` (${number})`}${ending}`;
  const plain = plainName(name);
  const known = plain === '' ? other : plain;
  const whole = device.test(known) ? `_${known}` : known;
  return `${withinBytes(whole, mostBytes - Buffer.byteLength(end))}${end}`;
}

/** `Nightly.tar.gz` with the number 2: `Nightly (2).tar.gz`. `file` = a safe name; `other` as for `safeFileName`. */
export function numberedFileName(file: string, number: number, other: string): string {
  if (number === 1) return file;
  const ending = /(?:\.tar)?\.[a-z0-9]{1,8}$/i.exec(file)?.[0] ?? '';
  return safeFileName(file.slice(0, file.length - ending.length), { ending, other, number });
}

/** The name without characters that file systems reject, and without spaces and dots at its ends; may be empty. */
function plainName(name: string): string {
  return oneLine(name, mostBytes)
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cs}\p{Co}\p{Cn}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
}

/** The beginning that has at most this many bytes, cut between characters. */
function withinBytes(text: string, most: number): string {
  let bytes = 0;
  let cut = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) return cut.replace(/[\s.]+$/, '');
    cut += character;
  }
  return text;
}
