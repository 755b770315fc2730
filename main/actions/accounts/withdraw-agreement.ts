import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { withoutAgreement } from './agreements.js';
import { knownAccount, type ActionsDeps } from '../deps.js';

/** The person takes back what they agreed to for a panel. What is connected on the strength of it ends at once. */
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
