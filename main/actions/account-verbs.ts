import { keyOf } from '../base/key.js';
import { SerialQueue } from '../base/serial-queue.js';
import { addAccount } from './add-account.js';
import { allowUnencrypted } from './allow-unencrypted.js';
import type { ActionsDeps } from './deps.js';
import { lookAtPanel } from './look-at-panel.js';
import { removeAccount } from './remove-account.js';
import { replaceKey } from './replace-key.js';
import { renameAccount } from './rename-account.js';
import { setAllServers } from './set-all-servers.js';
import { startDemo } from './start-demo.js';
import { tryWay } from './try-way.js';
import { trustCertificate } from './trust-certificate.js';
import type { Verbs } from './verbs.js';
import { withdrawAgreement } from './withdraw-agreement.js';

/** What a person does to panels. */
export function accountVerbs(deps: ActionsDeps) {
  // Changes of the list of accounts wait for each other: a double click must not add a panel twice.
  const changes = new SerialQueue();
  return {
    'accounts.add': (input) => changes.run(() => addAccount(deps, input)),
    'accounts.replaceKey': (input) => changes.run(() => replaceKey(deps, input)),
    'clipboard.look': async () => ({ holds: keyOf(await deps.copied.read()) }),
    'panel.look': (input) => lookAtPanel(deps, input),
    'accounts.rename': (input) => changes.run(() => renameAccount(deps, input)),
    'accounts.setAllServers': (input) => changes.run(() => setAllServers(deps, input)),
    'accounts.remove': (input) => changes.run(() => removeAccount(deps, input)),
    'accounts.allowUnencrypted': (input) => changes.run(() => allowUnencrypted(deps, input)),
    /** Reads the key again, and asks the panel; rejects while it still fails. Opens the prompt of a locked keychain. */
    'accounts.retry': async ({ accountId }) => {
      const state = deps.fleet.account(accountId)?.state;
      if (state?.kind === 'failed' && state.problem.code === 'keychain-locked') deps.vault.unlock();
      await deps.fleet.retryAccount(accountId);
    },
    'accounts.tryWay': (input) => tryWay(deps, input),
    'accounts.trust': (input) => trustCertificate(deps, input),
    'accounts.withdraw': (input) => changes.run(() => withdrawAgreement(deps, input)),
    'demo.start': () => changes.run(() => startDemo(deps)),
    /** PROTOCOL 2.13 */
    'permissions.read': async ({ accountId }) => deps.fleet.panelOf(accountId).permissions(),
  } satisfies Verbs;
}
