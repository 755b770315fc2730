import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { AccountRecord } from '../../base/ports.js';
import { checkKey, recordFor, takeKey, usernameOf } from './connect-account.js';
import { knownAccount, type ActionsDeps } from '../deps.js';
import { enteredKey } from './entered-key.js';

/**
 * Replaces the key of an account.
 *
 * The panel checks the new key first. The new key then replaces the old key in the keychain; all other data of the
 * account stays. A key of a different user is stored only if the user of Perch has agreed to that user name.
 */
export async function replaceKey(
  deps: ActionsDeps,
  { accountId, key, keep, user: agreed }: HandlerInput<'accounts.replaceKey'> & { key: string },
): Promise<HandlerOutput<'accounts.replaceKey'>> {
  const record = knownAccount(deps.book, accountId);
  const { panelUrl, trusted, isDemo } = record;
  const input = { panelUrl, key: await enteredKey(deps, key, panelUrl), trusted, keep, isDemo };
  const user = await checkKey(deps, input);
  const before = usernameOf(deps, record);
  refuseTwice(deps, record, user.username);
  if (before !== undefined && user.username !== before && user.username !== agreed) {
    return { otherUser: user.username };
  }
  // Read the record again: its name may have changed during the check. For a new user, the choice to see all servers is
  // reset.
  const known = knownAccount(deps.book, accountId);
  const isSameUser = before === undefined || user.username === before;
  const seen = isSameUser ? known : { ...known, allServers: false, sftp: undefined };
  if (!isSameUser) {
    // The SFTP key belongs to the earlier user. The panel drops the SFTP key only for that user's API key.
    await deps.sftpKeys.withdraw(accountId).catch(() => deps.sftpKeys.drop(accountId));
  }
  await takeKey(deps, input, recordFor(deps, input, user, seen), user);
  return { otherUser: null };
}

/** Throws if another account already watches this user of the panel. An account without a key does not count. */
function refuseTwice(deps: ActionsDeps, { id, panelUrl }: AccountRecord, username: string): void {
  const same = deps.book.all.find(
    (record) =>
      record.id !== id &&
      record.panelUrl === panelUrl &&
      record.awaitsKey !== true &&
      usernameOf(deps, record) === username,
  );
  if (same === undefined) return;
  throw new PerchError(
    newProblem('conflict', sentence('accounts.user-connected', { user: username, label: same.label })),
  );
}
