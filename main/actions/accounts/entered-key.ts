/** The key that the user typed or copied. Every refusal is `invalid` with `fields.key`. */
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import { cleanKey } from '../../base/key.js';
import { namingKeyPage } from '../../base/key-page.js';
import type { CopiedKeys, Taker } from '../copied-keys.js';
import type { ActionsDeps } from '../deps.js';
import { probePanel } from './probe-panel.js';

/** Cleans a key that was typed or taken from the clipboard. */
export async function enteredKey(
  deps: Pick<ActionsDeps, 'book' | 'panelKind'>,
  typed: string,
  panelUrl: string,
): Promise<string> {
  try {
    return cleanKey(typed);
  } catch (error) {
    if (!(error instanceof PerchError)) throw error;
    const kindOf = async () => (await probePanel(deps, { url: panelUrl }))?.kind ?? null;
    throw new PerchError(await namingKeyPage(error.problem, kindOf), { cause: error });
  }
}

/** The typed key; for null the key that this page took from the clipboard. */
export function typedOrTaken(copiedKeys: Pick<CopiedKeys, 'of'>, taker: Taker, typed: string | null): string {
  const key = typed ?? copiedKeys.of(taker);
  if (key === null) throw noKey(sentence('panel.copied-key-gone'));
  return key;
}

/** Takes the key from the clipboard. Throws if it no longer holds a client key. */
export async function takeCopiedKey(copiedKeys: Pick<CopiedKeys, 'take'>, taker: Taker): Promise<void> {
  if (!(await copiedKeys.take(taker))) throw noKey(sentence('panel.no-copied-key'));
}

function noKey(message: Sentence): PerchError {
  const next = sentence('panel.no-copied-key-next');
  return new PerchError({ ...newProblem('invalid', message, next), fields: { key: message } });
}
