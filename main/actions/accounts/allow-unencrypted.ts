import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** Allows unencrypted connections to a panel's nodes, and connects its servers again. */
export async function allowUnencrypted(
  { book, clock, fleet }: Pick<ActionsDeps, 'book' | 'clock' | 'fleet'>,
  { accountId }: HandlerInput<'accounts.allowUnencrypted'>,
): Promise<void> {
  const record = { ...knownAccount(book, accountId), unencryptedSince: clock.wall() };
  await book.put(record);
  fleet.addAccount(record, fleet.account(accountId)?.user ?? null);
}
