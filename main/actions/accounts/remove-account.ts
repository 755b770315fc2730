import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { toProblem } from '../../../bridge/errors.js';
import type { ActionsDeps } from '../deps.js';

/**
 * Removes an account and its key.
 *
 * If the keyring is locked, the account stays: otherwise its key would be left in the keyring unseen. If there is no
 * keyring, there is no key to remove.
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
  // From here on the account is removed, even if deleting its command histories fails.
  await histories.forgetAccount(accountId).catch(() => undefined);
  await deps.accountRemoved(accountId);
  if (isDemo) await demo.stop();
}
