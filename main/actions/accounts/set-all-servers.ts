import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** Sets whether an administrator sees every server of a panel. */
export async function setAllServers(
  { book }: Pick<ActionsDeps, 'book'>,
  { accountId, allServers }: HandlerInput<'accounts.setAllServers'>,
): Promise<void> {
  await book.put({ ...knownAccount(book, accountId), allServers });
}
