import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { withoutAgreement } from './agreements.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** Withdraws an agreement for a panel, and closes the connections that relied on it. */
export async function withdrawAgreement(
  { book, fleet }: Pick<ActionsDeps, 'book' | 'fleet'>,
  { accountId, agreement }: HandlerInput<'accounts.withdraw'>,
): Promise<void> {
  const record = knownAccount(book, accountId);
  const next =
    agreement.kind === 'unencrypted'
      ? { ...record, unencryptedSince: undefined }
      : { ...record, ...withoutAgreement(record, agreement.host) };
  await book.put(next);
  fleet.addAccount(next, fleet.account(accountId)?.user ?? null);
}
