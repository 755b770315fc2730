import type { HandlerInput, HandlerOutput } from '../../../bridge/schema/contract.js';
import { PerchError } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import type { AccountRecord } from '../../base/ports.js';
import { checkKey, recordFor, takeKey, usernameOf } from './connect-account.js';
import { knownAccount, type ActionsDeps } from '../deps.js';
import { enteredKey } from './entered-key.js';

/**
 * Gives a panel another key. It is asked about first, and takes the place of the old one in the keychain; everything
 * else of the panel stays. Of another user than the one that is watched nothing is stored, unless the person has agreed
 * to that very one.
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
  // What was changed while the panel was asked, its name say, stays; that all servers are seen was another's choice.
  const known = knownAccount(deps.book, accountId);
  const seen = before === undefined || user.username === before ? known : { ...known, allServers: false };
  await takeKey(deps, input, recordFor(deps, input, user, seen), user);
  return { otherUser: null };
}

/** One user of a panel is watched once. What waits for a key watches nobody, whatever name it came with. */
function refuseTwice(deps: ActionsDeps, { id, panelUrl }: AccountRecord, username: string): void {
  const same = deps.book.all.find(
    (record) =>
      record.id !== id &&
      record.panelUrl === panelUrl &&
      record.awaitsKey !== true &&
      usernameOf(deps, record) === username,
  );
  if (same === undefined) return;
  throw new PerchError({
    code: 'conflict',
    message: sentence('accounts.user-connected', { user: username, label: same.label }),
    next: sentence('accounts.user-connected-next'),
  });
}
