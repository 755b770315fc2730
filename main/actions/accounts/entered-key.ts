import { PerchError } from '../../../bridge/errors.js';
import { cleanKey } from '../../base/key.js';
import { namingKeyPage } from '../../base/key-page.js';
import type { ActionsDeps } from '../deps.js';
import { lookAtPanel } from './probe-panel.js';

/** Cleans a key that was typed or taken from the clipboard. Throws `invalid` with `fields.key`. */
export async function enteredKey(
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
