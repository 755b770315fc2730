import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

const longest = 100;

/** Gives a panel the user's own name. An empty name brings back the host's name. */
export async function renameAccount(
  { book }: Pick<ActionsDeps, 'book'>,
  { accountId, label }: HandlerInput<'accounts.rename'>,
): Promise<void> {
  const record = knownAccount(book, accountId);
  const wanted = oneLine(label, longest).trim();
  await book.put({ ...record, label: wanted === '' ? new URL(record.panelUrl).host : wanted });
}
