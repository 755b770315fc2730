import type { HandlerInput } from '../../bridge/contract.js';
import { PerchError } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/plain-line.js';
import { sentence } from '../../words/words.js';
import type { ActionsDeps } from './deps.js';

const longest = 100;

/** Gives a panel the name that the person wants to read everywhere; an empty one gives back its host's. */
export async function renameAccount(
  { book, fleet }: Pick<ActionsDeps, 'book' | 'fleet'>,
  { accountId, label }: HandlerInput<'accounts.rename'>,
): Promise<void> {
  const record = book.find(accountId);
  if (record === null) {
    throw new PerchError({
      code: 'not-found',
      message: sentence('actions.no-panel'),
      next: sentence('actions.no-panel-next'),
    });
  }
  const wanted = oneLine(label, longest).trim();
  const next = { ...record, label: wanted === '' ? new URL(record.panelUrl).host : wanted };
  await book.put(next);
  fleet.renameAccount(accountId, next.label);
}
