import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { toProblem } from '../../../bridge/errors.js';
import type { ActionsDeps } from '../deps.js';

/**
 * Forgets a panel and its key. When the keyring is locked the account stays, so that its key is not left behind
 * unseen; where there is no keyring at all, there is nothing to forget in it.
 */
export async function removeAccount(
  deps: ActionsDeps,
  { accountId }: HandlerInput<'accounts.remove'>,
): Promise<void> {
  const { book, demo, fleet, histories, log, vault } = deps;
  const isDemo = book.find(accountId)?.isDemo ?? false;
  try {
    await vault.forget(accountId);
  } catch (error) {
    if (toProblem(error).code !== 'keychain-unavailable') throw error;
    log.warn('accounts.removed-without-keychain', { account: accountId });
  }
  await book.remove(accountId);
  await fleet.removeAccount(accountId);
  // The account is gone, even where something of it could not be forgotten.
  await histories.forgetAccount(accountId).catch(() => undefined);
  await deps.accountRemoved(accountId);
  if (isDemo) await demo.stop();
}
