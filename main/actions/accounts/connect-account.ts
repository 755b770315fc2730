import type { Account } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { say } from '../../../messages/messages.js';
import { panelSecret } from '../../base/panel-secret.js';
import { namingKeyPage } from '../../base/key-page.js';
import { applicationKey, type PanelUser } from '../../panel/api.js';

import type { AccountRecord, TrustedCertificate } from '../../base/ports.js';
import type { ActionsDeps } from '../deps.js';

/** A key that is on its way into Perch. */
export interface NewKey {
  panelUrl: string;
  key: string;
  trusted: TrustedCertificate | null;
  keep: 'keychain' | 'memory';
  isDemo: boolean;
}

/** The person waits, and a panel that is alive answers `/account` without asking a node. */
const checkTimeoutMs = 15_000;
const applicationPrefix = /^(?:ptla|papp|peli)_/;

/**
 * Checks the key, then stores it, then writes the record, then watches: whatever fails leaves nothing behind. A key
 * of a user that Perch already has on this panel takes the place of the old one.
 */
export async function connectAccount(deps: ActionsDeps, input: NewKey): Promise<Account> {
  const user = await checkKey(deps, input);
  const known = knownAccount(deps, input, user);
  return takeKey(deps, input, recordFor(deps, input, user, known), user);
}

/**
 * Stores a key that was checked, then writes its record, then watches with it; what was watched before ends. Where the
 * record can't be written, the key from before is there again: who is watched and whose key it is stay one.
 */
export async function takeKey(
  deps: ActionsDeps,
  { key, keep }: Pick<NewKey, 'key' | 'keep'>,
  record: AccountRecord,
  user: PanelUser,
): Promise<Account> {
  const { book, fleet, log, vault } = deps;
  const known = book.find(record.id);
  const putBack = await vault.store(panelSecret({ ...record, keyStorage: keep }), key);
  try {
    await book.put(record);
  } catch (error) {
    await putBack().catch(() => log.warn('accounts.not-put-back', { account: record.id }));
    throw error;
  }
  fleet.addAccount(record, user);
  // The old key would lie in the keychain unseen. The keychain may well be why the new one stays in memory.
  if (known?.keyStorage === 'keychain' && keep === 'memory') {
    await vault
      .forget(record.id, 'keychain')
      .catch(() => log.warn('accounts.forget-failed', { account: record.id }));
  }
  const account = fleet.account(record.id);
  if (account === null) throw new Error('The account is not in the store.');
  return account;
}

/** Whose key a panel has, as far as it was ever told. */
export function usernameOf({ fleet }: Pick<ActionsDeps, 'fleet'>, record: AccountRecord): string | undefined {
  return fleet.account(record.id)?.user?.username ?? record.username;
}

/** Whose key it is, as the panel says. Rejects where it is none. */
export async function checkKey(deps: ActionsDeps, input: NewKey): Promise<PanelUser> {
  const panel = deps.probePanel({ panelUrl: input.panelUrl, key: input.key, trusted: input.trusted });
  try {
    return await panel.account({ timeoutMs: checkTimeoutMs });
  } catch (error) {
    throw await explained(deps, error, input);
  } finally {
    await panel.close().catch(() => undefined);
  }
}

/** Panels word it differently that this is the other kind of key; its prefix tells (PROTOCOL 1.2). */
async function explained(
  { panelKind }: ActionsDeps,
  error: unknown,
  { key, panelUrl, trusted }: NewKey,
): Promise<unknown> {
  if (!(error instanceof PerchError) || !applicationPrefix.test(key)) return error;
  if (error.problem.code !== 'unauthorized' && error.problem.code !== 'forbidden') return error;
  const problem = applicationKey(new URL(panelUrl).host);
  return new PerchError(await namingKeyPage(problem, () => panelKind(panelUrl, trusted)), { cause: error });
}

function knownAccount(
  deps: ActionsDeps,
  { panelUrl, isDemo }: NewKey,
  user: PanelUser,
): AccountRecord | null {
  const same = deps.book.all.filter((record) => record.isDemo === isDemo);
  // There is one demo; its address differs each time.
  if (isDemo) return same[0] ?? null;
  const here = same.filter((record) => record.panelUrl === panelUrl);
  const own = here.find((record) => record.awaitsKey !== true && usernameOf(deps, record) === user.username);
  return own ?? here.find(({ awaitsKey }) => awaitsKey === true) ?? null;
}

/** What is kept of a panel with this key: of one that is known, what the person made of it stays. */
export function recordFor(
  { book, newId }: ActionsDeps,
  { panelUrl, keep, trusted, isDemo }: NewKey,
  user: PanelUser,
  known: AccountRecord | null,
): AccountRecord {
  const host = isDemo ? say('desktop.demo') : new URL(panelUrl).host;
  const isTaken = book.all.some(({ id, label }) => label === host && id !== known?.id);
  return {
    // The demo always has the same id, so that pins, groups and histories of its servers are found again.
    id: known?.id ?? (isDemo ? 'demo' : newId()),
    label: known?.label ?? (isTaken ? `${host} (${user.username})` : host),
    panelUrl,
    username: user.username,
    keyStorage: keep,
    isDemo,
    ...(known?.allServers === true ? { allServers: true } : {}),
    unencryptedSince: known?.unencryptedSince,
    trusted,
    trustedNodes: known?.trustedNodes ?? [],
  };
}
