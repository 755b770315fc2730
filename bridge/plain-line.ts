/** Names and sentences from outside are hostile: this makes them fit for a sentence, a notification and the log. */

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
