import { PerchError } from '../../bridge/errors.js';
import { sentence } from '../../words/words.js';
import { cleanKey, keyOf } from '../base/key.js';
import { namingKeyPage } from '../base/key-page.js';
import type { ActionsDeps } from './deps.js';
import { lookAtPanel } from './look-at-panel.js';

/**
 * The key for a panel that was typed; with null the one that the clipboard holds at this moment, which no window ever
 * gets. Throws `invalid` with `fields.key`.
 */
export async function enteredKey(
  deps: Pick<ActionsDeps, 'book' | 'copied' | 'panelKind'>,
  typed: string | null,
  panelUrl: string,
): Promise<string> {
  if (typed !== null) return typedKey(deps, typed, panelUrl);
  const text = await deps.copied.read();
  if (keyOf(text) === 'client') return text.trim();
  const message = sentence('panel.no-copied-key');
  const next = sentence('panel.no-copied-key-next');
  throw new PerchError({ code: 'invalid', message, next, fields: { key: message } });
}

async function typedKey(
  deps: Pick<ActionsDeps, 'book' | 'panelKind'>,
  typed: string,
  panelUrl: string,
): Promise<string> {
  try {
    return cleanKey(typed);
  } catch (error) {
    if (!(error instanceof PerchError)) throw error;
    const kindOf = async () => (await lookAtPanel(deps, { url: panelUrl }))?.kind ?? null;
    throw new PerchError(await namingKeyPage(error.problem, kindOf), { cause: error });
  }
}
