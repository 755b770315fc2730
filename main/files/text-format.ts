/** Bytes of a file as text, and text as bytes. Text that nobody changed gives the same bytes again. */
import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import { mostTextBytes, type OpenedText, type TextFormat } from '../../bridge/schema/texts.js';

type Encoding = TextFormat['encoding'];

/** Encodings with a byte order mark. */
type Marked = Exclude<Encoding, 'latin-1'>;

const marks: readonly (readonly [Marked, Buffer])[] = [
  ['utf-8', Buffer.from([0xef, 0xbb, 0xbf])],
  ['utf-16le', Buffer.from([0xff, 0xfe])],
  ['utf-16be', Buffer.from([0xfe, 0xff])],
];

/** Control characters that no text has, except NUL: all but tab, line ends, form feed and escape. */
// eslint-disable-next-line no-control-regex -- bytes that no text contains
const control = /[\u0001-\u0008\u000b\u000e-\u001a\u001c-\u001f]/;

/** The text of a file, or why the editor does not open the file. */
export function openedText(bytes: Uint8Array): OpenedText {
  if (bytes.length > mostTextBytes) return { kind: 'refused', why: 'too-large' };
  const decoded = decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (decoded === null) return { kind: 'refused', why: 'binary' };
  return { kind: 'text', ...decoded, version: versionOf(bytes) };
}

export function versionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The bytes of a text; null if the encoding lacks one of its characters. */
export function encodedText(text: string, { encoding, bom }: TextFormat): Buffer | null {
  const body = encode(text, encoding);
  const mark = bom ? marks.find(([of]) => of === encoding)?.[1] : undefined;
  return body === null || mark === undefined ? body : Buffer.concat([mark, body]);
}

/** null for bytes that are no text. */
function decode(bytes: Buffer): { text: string; format: TextFormat } | null {
  for (const [encoding, mark] of marks) {
    if (!bytes.subarray(0, mark.length).equals(mark)) continue;
    const text = decodeAs(encoding, bytes.subarray(mark.length));
    if (text !== null) return text.includes('\0') ? null : { text, format: { encoding, bom: true } };
    if (encoding !== 'utf-8') return null;
  }
  if (bytes.includes(0)) return null;
  const text = decodeAs('utf-8', bytes);
  if (text !== null) return { text, format: { encoding: 'utf-8', bom: false } };
  const bytewise = bytes.toString('latin1');
  return control.test(bytewise) ? null : { text: bytewise, format: { encoding: 'latin-1', bom: false } };
}

/** null for bytes that another encoding made. */
function decodeAs(encoding: Marked, bytes: Buffer): string | null {
  if (encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : null;
  if (bytes.length % 2 === 1) return null;
  return (encoding === 'utf-16be' ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
}

function encode(text: string, encoding: Encoding): Buffer | null {
  if (encoding === 'latin-1') {
    const bytes = Buffer.from(text, 'latin1');
    return bytes.toString('latin1') === text ? bytes : null;
  }
  if (encoding === 'utf-8') return /\p{Surrogate}/u.test(text) ? null : Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
}
