import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { CopiedKeys, Taker } from '../copied-keys.js';

/** The typed key; for null the key that this page took from the clipboard. Throws `invalid` with `fields.key`. */
export function typedOrTaken(copiedKeys: Pick<CopiedKeys, 'of'>, taker: Taker, typed: string | null): string {
  const key = typed ?? copiedKeys.of(taker);
  if (key === null) throw noKey(sentence('panel.copied-key-gone'));
  return key;
}

/** Takes the key from the clipboard. Throws `invalid` with `fields.key` if it no longer holds a client key. */
export async function takeCopiedKey(copiedKeys: Pick<CopiedKeys, 'take'>, taker: Taker): Promise<void> {
  if (!(await copiedKeys.take(taker))) throw noKey(sentence('panel.no-copied-key'));
}

function noKey(message: Sentence): PerchError {
  const next = sentence('panel.no-copied-key-next');
  return new PerchError({ ...newProblem('invalid', message, next), fields: { key: message } });
}
