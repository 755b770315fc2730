/** Changes to the stored record of a panel's account, and its removal. */
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { toProblem } from '../../../bridge/errors.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { AccountRecord } from '../../base/ports.js';
import { knownAccount, type ActionsDeps } from '../deps.js';
import { withoutAgreement } from './agreements.js';

type Book = Pick<ActionsDeps, 'book'>;

const longestLabel = 100;

/** Gives a panel the user's own name. An empty name brings back the host's name. */
export async function renameAccount(
  { book }: Book,
  { accountId, label }: HandlerInput<'accounts.rename'>,
): Promise<void> {
  const record = knownAccount(book, accountId);
  const wanted = oneLine(label, longestLabel).trim();
  await book.put({ ...record, label: wanted === '' ? new URL(record.panelUrl).host : wanted });
}

/** Sets whether an administrator sees every server of a panel. */
export async function setAllServers(
  { book }: Book,
  { accountId, allServers }: HandlerInput<'accounts.setAllServers'>,
): Promise<void> {
  await book.put({ ...knownAccount(book, accountId), allServers });
}

/** Allows unencrypted connections to a panel's nodes, and connects its servers again. */
export async function allowUnencrypted(
  deps: Pick<ActionsDeps, 'book' | 'clock' | 'fleet'>,
  { accountId }: HandlerInput<'accounts.allowUnencrypted'>,
): Promise<void> {
  const record = knownAccount(deps.book, accountId);
  await connectAgain(deps, { ...record, unencryptedSince: deps.clock.wall() });
}

/** Withdraws an agreement for a panel, and closes the connections that relied on it. */
export async function withdrawAgreement(
  deps: Pick<ActionsDeps, 'book' | 'fleet'>,
  { accountId, agreement }: HandlerInput<'accounts.withdraw'>,
): Promise<void> {
  const record = knownAccount(deps.book, accountId);
  const change =
    agreement.kind === 'unencrypted'
      ? { unencryptedSince: undefined }
      : withoutAgreement(record, agreement.host);
  await connectAgain(deps, { ...record, ...change });
}

/**
 * Removes an account, its SFTP key and its API key.
 *
 * The SFTP key goes first, because its panel drops it only for a caller with the API key. If the panel does not answer,
 * the account stays, unless the person leaves the SFTP key with the panel (`leavesSftpKey`).
 *
 * If the keyring is locked, the account stays: otherwise its key would be left in the keyring unseen. If there is no
 * keyring, there is no key to remove.
 */
export async function removeAccount(
  deps: ActionsDeps,
  { accountId, leavesSftpKey = false }: HandlerInput<'accounts.remove'>,
): Promise<void> {
  const { book, demo, fleet, histories, log, sftpKeys, vault } = deps;
  const isDemo = book.find(accountId)?.isDemo ?? false;
  if (leavesSftpKey) await sftpKeys.drop(accountId);
  else await sftpKeys.withdraw(accountId);
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

async function connectAgain(
  { book, fleet }: Pick<ActionsDeps, 'book' | 'fleet'>,
  record: AccountRecord,
): Promise<void> {
  await book.put(record);
  fleet.addAccount(record, fleet.account(record.id)?.user ?? null);
}
