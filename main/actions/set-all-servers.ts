import type { HandlerInput } from '../../bridge/contract.js';
import { knownAccount, type ActionsDeps } from './deps.js';

/** Whether an administrator sees every server of a panel; kept over restarts. */
export async function setAllServers(
  { book, fleet }: Pick<ActionsDeps, 'book' | 'fleet'>,
  { accountId, allServers }: HandlerInput<'accounts.setAllServers'>,
): Promise<void> {
  const record = knownAccount(book, accountId);
  await book.put({ ...record, allServers });
  fleet.setAllServers(accountId, allServers);
}
