/** Text from a panel is hostile: these make it fit for a sentence, a menu and the log. */

// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
/** Overrides of the writing direction can make a text read as another one. */
const direction = /[\u202a-\u202e\u2066-\u2069]/g;
// eslint-disable-next-line no-control-regex -- escape sequences of terminals
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|[\]P^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;

/** One line: no control characters, no escape sequences, no change of direction, at most `max` characters. */
export function oneLine(text: string, max: number): string {
  const bounded = text.length > max * 4 ? text.slice(0, max * 4) : text;
  const line = bounded.replace(escapes, '').replace(control, ' ').replace(direction, '').trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : line;
}

/** What a panel says, in quotation marks inside a sentence of ours: one line, no markup, 200 characters. */
export function quoted(detail: string): string {
  const words = oneLine(detail.slice(0, 2000).replace(/<[^>]*>/g, ' '), 200)
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replace(/\s+/g, ' ')
    .replace(/[“”]/g, "'")
    .trim();
  return `“${words}”`;
}

const secrets = [
  /\beyJ[\w-]*\.[\w-]*\.[\w-]*/g,
  /\b(?:ptlc|ptla|pacc|papp|plcn|peli)_[A-Za-z0-9]+/g,
  /(?<=Bearer\s+)\S+/gi,
];

/** A raw answer as the log may keep it: bounded, one line, without keys and tokens. */
export function forLog(raw: string): string {
  const bounded = raw.slice(0, 4000);
  return oneLine(
    secrets.reduce((text, secret) => text.replace(secret, '[secret]'), bounded),
    1000,
  );
}
