/**
 * Changes of one text by its form.
 *
 * A value that comes back gets the bytes that it had: `a:b` may stand in a file as `a\:b` or as `a:b`, and only the text
 * from before tells which. The change is as small as possible, so that undo and the cursor stay where a person expects.
 */
import type { Sentence } from '../../../../../messages/messages.js';
import type { ConfigForm, FormField } from './config-form.js';
import type { TextChange } from './formats/place.js';

export class FieldEdits {
  /** How each value of each setting was written. */
  readonly #written = new Map<string, Map<string, string>>();

  /** The change that writes a value into the text from which `form` was read; a sentence if it can't be written. */
  change(text: string, form: ConfigForm, field: FormField, value: string): TextChange | Sentence {
    const { setting, range } = field;
    if (range === null || field.value === null) return form.edited(field, value);
    const known = this.#written.get(setting.key) ?? new Map<string, string>();
    this.#written.set(setting.key, known);
    known.set(field.value, text.slice(range.from, range.to));
    const earlier = known.get(value);
    const change = earlier === undefined ? form.edited(field, value) : { ...range, insert: earlier };
    return 'insert' in change ? smallest(text, change) : change;
  }
}

/** The change without the common beginning and end of both texts. */
function smallest(text: string, { from, to, insert }: TextChange): TextChange {
  const before = text.slice(from, to);
  const most = Math.min(before.length, insert.length);
  let start = 0;
  while (start < most && before[start] === insert[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === insert.at(-1 - end)) end += 1;
  return { from: from + start, to: to - end, insert: insert.slice(start, insert.length - end) };
}
