import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../words/words.js';
import { cleanKey, keyOf } from '../base/key.js';
import type { ActionsDeps } from './deps.js';

/**
 * The key that was typed; with null the one that the clipboard holds at this moment, which no window ever gets. Throws
 * `invalid` with `fields.key`.
 */
export async function enteredKey(
  { copied }: Pick<ActionsDeps, 'copied'>,
  typed: string | null,
): Promise<string> {
  if (typed !== null) return cleanKey(typed);
  const text = await copied.read();
  if (keyOf(text) === 'client') return text.trim();
  const message = sentence('panel.no-copied-key');
  const next = sentence('panel.no-copied-key-next');
  throw new PerchError({ code: 'invalid', message, next, fields: { key: message } });
}
