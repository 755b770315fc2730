import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** The person agrees that the nodes of a panel are spoken to unencrypted; its servers connect anew. */
export async function allowUnencrypted(
  { book, clock, fleet }: Pick<ActionsDeps, 'book' | 'clock' | 'fleet'>,
  { accountId }: HandlerInput<'accounts.allowUnencrypted'>,
): Promise<void> {
  const record = { ...knownAccount(book, accountId), unencryptedSince: clock.wall() };
  await book.put(record);
  fleet.addAccount(record, fleet.account(accountId)?.user ?? null);
}
