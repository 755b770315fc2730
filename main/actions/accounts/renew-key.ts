/**
 * Replaces the key that Perch uses by a new one.
 *
 * The record names the new key before the panel is asked for it, and forgets that name only when the panel cannot have
 * a superfluous key. So Perch knows at every moment, also after a kill, which keys of a replacement the panel may have.
 */
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { HandlerOutput } from '../../../bridge/schema/contract.js';
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { inEnglish, sentence } from '../../../messages/messages.js';
import { panelSecret } from '../../base/panel-secret.js';
import type { AccountRecord } from '../../base/ports.js';
import type { CreatedKey, PanelApi, PanelKey } from '../../panel/api.js';
import { knownAccount, type ActionsDeps } from '../deps.js';
import { deleteKey } from './account-writes.js';
import { checkKey } from './connect-account.js';

const identifierLength = 16;

/** Identifier of the key that Perch has of the account. */
export function usedIdentifier(
  { vault }: Pick<ActionsDeps, 'vault'>,
  record: AccountRecord,
): Promise<string> {
  return vault.use(panelSecret(record), async (key) => key.slice(0, identifierLength));
}

export async function renewKey(
  deps: ActionsDeps,
  { accountId }: { accountId: string },
): Promise<HandlerOutput<'account.renewKey'>> {
  const record = knownAccount(deps.book, accountId);
  if (record.isDemo) throw new PerchError(newProblem('conflict', sentence('actions.demo-key')));
  // Nobody could use the new key after a restart, and the old one would be gone.
  if (record.keyStorage === 'memory') {
    throw new PerchError(newProblem('conflict', sentence('actions.key-in-memory')));
  }
  const panel = deps.fleet.panelOf(accountId);
  // The name of the new key would overwrite the record of an earlier replacement.
  if (record.keyRenewal !== undefined) await tidyKeys(deps, { accountId });
  const old = await usedIdentifier(deps, record);
  const before = (await panel.apiKeys()).find(({ identifier }) => identifier === old);
  // Without its entry nobody knows from where the key may be used, and the panel could not delete it by that name.
  if (before === undefined) {
    const panelName = new URL(record.panelUrl).host;
    throw new PerchError(newProblem('protocol', sentence('actions.key-unlisted', { panel: panelName })));
  }
  // Asked now, because people change their names at the panel.
  const { username } = await panel.account();
  const made = await makeKey(deps, panel, { accountId, old, allowedIps: before.allowedIps });
  try {
    await useNewKey(deps, accountId, { made, username });
  } catch (error) {
    await drop(deps, panel, accountId, made);
    throw error;
  }
  deps.log.info('accounts.key-renewed', { account: accountId });
  const left = await deleteOld(deps, { accountId, old });
  return { left: left ? before.description : null };
}

/** Deletes the remaining key of an interrupted replacement: the unused one of the old and the new key. */
export async function tidyKeys(
  deps: ActionsDeps,
  { accountId }: { accountId: string },
): Promise<HandlerOutput<'account.tidyKeys'>> {
  const record = knownAccount(deps.book, accountId);
  const { keyRenewal } = record;
  if (keyRenewal === undefined) return { deleted: 0 };
  const panel = deps.fleet.panelOf(accountId);
  const used = await usedIdentifier(deps, record);
  const left = leftKeys(await panel.apiKeys(), keyRenewal, used);
  for (const { identifier } of left) await deleteKey(panel, identifier);
  await forget(deps, accountId);
  return { deleted: left.length };
}

/** The old key counts as left only if Perch uses the new one: with any other key, somebody else may use the old key. */
function leftKeys(
  keys: readonly PanelKey[],
  { name, old }: { name: string; old: string },
  used: string,
): PanelKey[] {
  const usesNew = keys.some(({ identifier, description }) => identifier === used && description === name);
  return keys.filter(
    ({ identifier, description }) =>
      identifier !== used && (description === name || (usesNew && identifier === old)),
  );
}

async function makeKey(
  deps: ActionsDeps,
  panel: PanelApi,
  { accountId, old, allowedIps }: { accountId: string; old: string; allowedIps: readonly string[] },
): Promise<CreatedKey> {
  const at = deps.clock.wall();
  const computer = oneLine(deps.computer(), 60);
  const time = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  // The same words in every language, so that a later run in another language finds the key.
  const name = inEnglish(sentence('actions.key-name', { computer, time }));
  await deps.book.patch(accountId, () => ({ keyRenewal: { name, old, at } }));
  try {
    return await panel.createApiKey(name, allowedIps);
  } catch (error) {
    // After a lost answer the panel may have the key, whose secret half nobody knows.
    if (toProblem(error).maybeDone !== true) await forget(deps, accountId);
    throw error;
  }
}

/**
 * Tries the new key, stores it, and watches the account with it. `username` = user of the old key. Rejects if the old key
 * is still in use, or if nobody knows which key the keychain has.
 */
async function useNewKey(
  deps: ActionsDeps,
  accountId: string,
  { made, username }: { made: CreatedKey; username: string },
): Promise<void> {
  const { panelUrl, trusted, keyStorage } = knownAccount(deps.book, accountId);
  const user = await made.useKey(async (key) => {
    const owner = await checkKey(deps, { panelUrl, key, trusted, keep: keyStorage, isDemo: false });
    if (owner.username !== username) {
      throw new PerchError(newProblem('protocol', sentence('actions.other-user', { user: owner.username })));
    }
    // The account may have changed during the check.
    await deps.vault.store(panelSecret(knownAccount(deps.book, accountId)), key);
    return owner;
  });
  await deps.book.patch(accountId, () => ({ username })).catch(() => undefined);
  deps.fleet.addAccount(knownAccount(deps.book, accountId), user);
}

/** Deletes a new key that Perch does not use. If that fails, the record keeps its name. Never rejects. */
async function drop(
  deps: ActionsDeps,
  panel: PanelApi,
  accountId: string,
  { identifier }: CreatedKey,
): Promise<void> {
  try {
    // A failed step may have left the new key in the keychain.
    const used = await usedIdentifier(deps, knownAccount(deps.book, accountId));
    if (used === identifier) throw new Error('The vault has the new key.');
    await deleteKey(panel, identifier);
    await forget(deps, accountId);
  } catch (error) {
    deps.log.warn('accounts.key-left', { account: accountId, code: toProblem(error).code });
  }
}

/**
 * Deletes the old key with the new one, which thereby proves that its stored copy works. Returns true if the old key is
 * left.
 */
async function deleteOld(
  deps: ActionsDeps,
  { accountId, old }: { accountId: string; old: string },
): Promise<boolean> {
  const panel = deps.fleet.panelOf(accountId);
  try {
    const used = await usedIdentifier(deps, knownAccount(deps.book, accountId));
    await panel.account();
    if (used === old) throw new Error('The vault still has the old key.');
    await deleteKey(panel, old);
    await forget(deps, accountId);
    return false;
  } catch (error) {
    deps.log.warn('accounts.key-left', { account: accountId, code: toProblem(error).code });
    return true;
  }
}

function forget({ book }: Pick<ActionsDeps, 'book'>, accountId: string): Promise<void> {
  return book.patch(accountId, () => ({ keyRenewal: undefined }));
}
