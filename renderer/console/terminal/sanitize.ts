/**
 * Filter for console text from a server. Keeps colours, tabs, line ends and movement within a line; drops every other
 * control.
 * Prevents writes to clipboard (OSC 52), title (OSC 0, 2) and links (OSC 8), answers by the terminal (DSR, DA,
 * DECRQSS), changes to other lines (cursor movement, erasing, alternate screen, scroll regions, reset), and strings
 * without an end that would swallow later lines.
 */

const escape = '\u001b';

/** Final letters of CSI sequences that stay within their line; all others are dropped. */
const harmless = new Set(['m', 'K', 'C', 'D', 'G', 'P', '@', 'X']);

/** Bidirectional controls: they would reorder the surrounding text. */
const turning = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * Sanitizes one console event for the terminal: safe controls, no line end, colours reset at the end.
 * An event may hold several lines (PROTOCOL 4.12); a trailing carriage return belongs to the line end and is dropped.
 */
export function sanitizeConsoleText(text: string): string {
  return `${keepHarmless(text.replace(/[\r\n]+$/, ''))}${escape}[0m`;
}

function keepHarmless(text: string): string {
  let kept = '';
  let at = 0;
  while (at < text.length) {
    const plain = nextControl(text, at);
    kept += text.slice(at, plain);
    if (plain >= text.length) break;
    const control = readControl(text, plain);
    kept += control.kept;
    at = control.end;
  }
  return kept;
}

/** Index of the next control character; the length of the text if there is none. */
function nextControl(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isControl(text, at)) at += 1;
  return at;
}

function isControl(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  return code >= 0x200e && turning.test(text.charAt(at));
}

interface Control {
  readonly kept: string;
  readonly end: number;
}

/** C1 controls that start a sequence, as the second character of their escape sequence. */
const eightBit: Record<string, string> = {
  '\u009b': '[',
  '\u009d': ']',
  '\u0090': 'P',
  '\u0098': 'X',
  '\u009e': '^',
  '\u009f': '_',
};

function readControl(text: string, at: number): Control {
  const first = text.charAt(at);
  if (first === '\r' || first === '\n' || first === '\t' || first === '\b')
    return { kept: first, end: at + 1 };
  const eight = eightBit[first];
  if (eight !== undefined) return readIntroduced(text, eight, at + 1);
  if (first === escape) return readIntroduced(text, text.charAt(at + 1), at + 2);
  return { kept: '', end: at + 1 };
}

/** Reads the rest of a sequence after `ESC <kind>`; `at` = index of the next character. */
function readIntroduced(text: string, kind: string, at: number): Control {
  if (kind === '[') return readCsi(text, at);
  if (kind === ']' || kind === 'P' || kind === 'X' || kind === '^' || kind === '_')
    return readString(text, at);
  // Drops an escape before another control; that control is read on its own.
  if (kind === '' || kind < ' ' || kind > '~') return { kept: '', end: Math.min(at - 1, text.length) };
  // `ESC ( B` and similar: intermediate characters, then a final character.
  let end = at - 1;
  while (end < text.length && isBetween(text.charAt(end), ' ', '/')) end += 1;
  return { kept: '', end: end + (isBetween(text.charAt(end), '0', '~') ? 1 : 0) };
}

/**
 * Reads parameters, intermediates and final letter (ECMA-48 5.4). Any other character ends and drops the sequence.
 */
function readCsi(text: string, from: number): Control {
  let at = from;
  while (at < text.length && isBetween(text.charAt(at), '0', '?')) at += 1;
  const parameters = text.slice(from, at);
  const afterParameters = at;
  while (at < text.length && isBetween(text.charAt(at), ' ', '/')) at += 1;
  const final = text.charAt(at);
  if (!isBetween(final, '@', '~')) return { kept: '', end: at };
  const plain = at === afterParameters && /^[\d;:]*$/.test(parameters);
  return { kept: plain && harmless.has(final) ? `${escape}[${parameters}${final}` : '', end: at + 1 };
}

/** Reads a string. It ends at BEL, ST, CAN, SUB, a line end, or the end of the event. */
function readString(text: string, from: number): Control {
  for (let at = from; at < text.length; at += 1) {
    const one = text.charAt(at);
    if (one === '\u0007' || one === '\u009c' || one === '\u0018' || one === '\u001a')
      return { kept: '', end: at + 1 };
    if (one === escape) return { kept: '', end: text.charAt(at + 1) === '\\' ? at + 2 : at };
    if (one === '\r' || one === '\n') return { kept: '', end: at };
  }
  return { kept: '', end: text.length };
}

function isBetween(one: string, low: string, high: string): boolean {
  return one !== '' && one >= low && one <= high;
}
