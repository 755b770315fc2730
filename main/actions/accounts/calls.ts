import type { SerialQueue } from '../../base/serial-queue.js';
import {
  allowUnencrypted,
  removeAccount,
  renameAccount,
  setAllServers,
  withdrawAgreement,
} from './account-changes.js';
import { addAccount, startDemo } from './connect-account.js';
import { knownAccount, type ActionsDeps } from '../deps.js';
import { takeCopiedKey, typedOrTaken } from './entered-key.js';
import { probePanel, tryRoute } from './probe-panel.js';
import { replaceKey } from './replace-key.js';
import { trustCertificate } from './trust-certificate.js';
import type { CallTable } from '../../base/calls.js';

/** Calls about panels and accounts. */
export function accountCalls(deps: ActionsDeps, changes: SerialQueue) {
  const { copiedKeys } = deps;
  return {
    'accounts.add': async (input, { webContentsId }) => {
      const taker = { webContentsId, accountId: null };
      // Read the key before the queue: a key that is taken later belongs to the next attempt.
      const key = typedOrTaken(copiedKeys, taker, input.key);
      const account = await changes.run(() => addAccount(deps, { ...input, key }));
      copiedKeys.used(taker, key);
      return account;
    },
    'accounts.replaceKey': async (input, { webContentsId }) => {
      const taker = { webContentsId, accountId: input.accountId };
      const key = typedOrTaken(copiedKeys, taker, input.key);
      const answer = await changes.run(() => replaceKey(deps, { ...input, key }));
      if (answer.otherUser === null) copiedKeys.used(taker, key);
      return answer;
    },
    'clipboard.peek': async () => ({ holds: await copiedKeys.peek() }),
    'clipboard.take': async ({ accountId }, { webContentsId }) => {
      if (accountId !== null) knownAccount(deps.book, accountId);
      await takeCopiedKey(copiedKeys, { webContentsId, accountId });
    },
    'clipboard.giveBack': async ({ accountId }, { webContentsId }) =>
      copiedKeys.giveBack({ webContentsId, accountId }),
    'panel.probe': (input) => probePanel(deps, input),
    'accounts.rename': (input) => changes.run(() => renameAccount(deps, input)),
    'accounts.setAllServers': (input) => changes.run(() => setAllServers(deps, input)),
    'accounts.remove': (input) => changes.run(() => removeAccount(deps, input)),
    'accounts.allowUnencrypted': (input) => changes.run(() => allowUnencrypted(deps, input)),
    /**
     * Reads the key again and asks the panel. Rejects if that fails. Opens the system's prompt for a locked keychain.
     */
    'accounts.retry': async ({ accountId }) => {
      const state = deps.fleet.account(accountId)?.state;
      if (state?.kind === 'failed' && state.problem.code === 'keychain-locked') deps.vault.unlock();
      await deps.fleet.retryAccount(accountId);
    },
    'accounts.tryRoute': (input) => tryRoute(deps, input),
    'accounts.trust': (input) => trustCertificate(deps, input),
    'accounts.withdraw': (input) => changes.run(() => withdrawAgreement(deps, input)),
    'demo.start': () => changes.run(() => startDemo(deps)),
    /** PROTOCOL 2.13 */
    'permissions.read': async ({ accountId }) => deps.fleet.panelOf(accountId).permissions(),
  } satisfies CallTable;
}
