import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Account } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { say } from '../../../messages/messages.js';
import { panelSecret } from '../../base/panel-secret.js';
import { namingKeyPage } from '../../base/key-page.js';
import { applicationKey, type PanelUser } from '../../panel/api.js';
import { normalizePanelUrl } from '../../panel/url.js';
import type { TrustedCertificate } from '../../base/network-ports.js';
import type { AccountRecord } from '../../base/ports.js';
import type { ActionsDeps } from '../deps.js';
import { agreedCertificate } from './agreed-certificate.js';
import { enteredKey } from './entered-key.js';

/** A key with its panel, before it is stored. */
export interface NewKey {
  panelUrl: string;
  key: string;
  trusted: TrustedCertificate | null;
  keep: 'keychain' | 'memory';
  isDemo: boolean;
}

/** Timeout of the key check, in ms. The user waits, and a working panel answers `/account` without asking a node. */
const checkTimeoutMs = 15_000;
const applicationPrefix = /^(?:ptla|papp|peli)_/;

/** Connects a panel with the address and key that the user entered. */
export async function addAccount(
  deps: ActionsDeps,
  input: HandlerInput<'accounts.add'> & { key: string },
): Promise<Account> {
  const { panelUrl } = normalizePanelUrl(input.url);
  const key = await enteredKey(deps, input.key, panelUrl);
  const trusted = await certificateFor(deps, panelUrl, input.trustFingerprint);
  return connectAccount(deps, { panelUrl, key, trusted, keep: input.keep, isDemo: false });
}

/** The certificate that the user agreed to now, or earlier for this panel; null = none. */
async function certificateFor(
  deps: ActionsDeps,
  panelUrl: string,
  fingerprint: string | undefined,
): Promise<TrustedCertificate | null> {
  if (!panelUrl.startsWith('https:')) return null;
  if (fingerprint !== undefined) return agreedCertificate(deps, panelUrl, fingerprint);
  return deps.book.all.find((record) => record.panelUrl === panelUrl)?.trusted ?? null;
}

/**
 * Starts the sandbox on this computer and connects to it. Its key stays in memory, because it ends with the sandbox.
 */
export async function startDemo(deps: ActionsDeps): Promise<Account> {
  const { panelUrl, key } = await deps.demo.start();
  const wasThere = deps.book.all.some((record) => record.isDemo);
  try {
    return await connectAccount(deps, { panelUrl, key, trusted: null, keep: 'memory', isDemo: true });
  } catch (error) {
    if (!wasThere) await deps.demo.stop().catch(() => deps.log.warn('demo.stop-failed'));
    throw error;
  }
}

/**
 * Checks the key, stores it, writes the record and starts watching the account. A failed step leaves nothing behind.
 *
 * If the key's user already has an account on this panel, the key replaces the old key.
 */
async function connectAccount(deps: ActionsDeps, input: NewKey): Promise<Account> {
  const user = await checkKey(deps, input);
  const known = knownAccount(deps, input, user);
  return takeKey(deps, input, recordFor(deps, input, user, known), user);
}

/**
 * Stores a checked key, writes the record and watches the account with the key.
 *
 * If the record cannot be written, the old key is restored, so that key and record always belong to the same user.
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
  // Delete the old key, which nobody would notice in the keychain. Errors are only logged, because a broken keychain
  // may be the reason why the new key stays in memory.
  if (known?.keyStorage === 'keychain' && keep === 'memory') {
    await vault
      .forget(record.id, 'keychain')
      .catch(() => log.warn('accounts.forget-failed', { account: record.id }));
  }
  const account = fleet.account(record.id);
  if (account === null) throw new Error('The account is not in the store.');
  return account;
}

/** Name of the user whose key an account has; undefined if no panel has reported it. */
export function usernameOf({ fleet }: Pick<ActionsDeps, 'fleet'>, record: AccountRecord): string | undefined {
  return fleet.account(record.id)?.user?.username ?? record.username;
}

/** The user who owns the key, as the panel reports. Throws if the panel rejects the key. */
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

/**
 * Turns the panel's refusal of an application key into a clear problem. Panels word the refusal differently, so the
 * key's prefix decides (PROTOCOL 1.2).
 */
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
  // There is only one demo account. Its address changes with each start, so no address is compared.
  if (isDemo) return same[0] ?? null;
  const here = same.filter((record) => record.panelUrl === panelUrl);
  const own = here.find((record) => record.awaitsKey !== true && usernameOf(deps, record) === user.username);
  return own ?? here.find(({ awaitsKey }) => awaitsKey === true) ?? null;
}

/** The record of an account with this key. A known account keeps its name, its agreements and its choices. */
export function recordFor(
  { book, newId }: ActionsDeps,
  { panelUrl, keep, trusted, isDemo }: NewKey,
  user: PanelUser,
  known: AccountRecord | null,
): AccountRecord {
  const host = isDemo ? say('desktop.demo') : new URL(panelUrl).host;
  const isTaken = book.all.some(({ id, label }) => label === host && id !== known?.id);
  return {
    // The demo's id is fixed, so that pins, groups and histories of its servers still match.
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
    ...(known?.sftp === undefined ? {} : { sftp: known.sftp }),
    ...(known?.keyRenewal === undefined ? {} : { keyRenewal: known.keyRenewal }),
    ...(known?.sftpHosts === undefined ? {} : { sftpHosts: known.sftpHosts }),
  };
}
