import type { Account } from '../../bridge/domain.js';
import type { RemoteStep } from '../../bridge/remote.js';
import { say, spoken } from '../../words/words.js';
import { settled, type SettledDeps } from './settled.js';
import { shownPanel } from './shown-server.js';

export interface ChecksDeps extends SettledDeps {
  /** Of Perch, of Electron, and the system's name. */
  readonly versions: { readonly perch: string; readonly electron: string; readonly system: string };
}

/** What can be told of Perch's own state without asking anybody. */
export async function checks(deps: ChecksDeps): Promise<RemoteStep[]> {
  await settled(deps, { seen: false });
  const accounts = [...deps.store.state.accounts.values()];
  return [
    { name: say('remote.check-versions'), result: 'good', detail: say('remote.versions', deps.versions) },
    // Who reads this has been answered over it.
    { name: say('remote.check-socket'), result: 'good', detail: say('remote.socket-answers') },
    keychainStep(accounts),
    ...accounts.map(panelStep),
  ];
}

function keychainStep(accounts: readonly Account[]): RemoteStep {
  const name = say('remote.check-keychain');
  const kept = accounts.filter(({ keyStorage, isDemo }) => keyStorage === 'keychain' && !isDemo);
  for (const { state } of kept) {
    if (state.kind === 'failed' && state.problem.code.startsWith('keychain-')) {
      return { name, result: 'bad', detail: spoken(state.problem.message) };
    }
  }
  const isRead = kept.some(({ state }) => state.kind === 'ready');
  if (!isRead) return { name, result: 'unknown', detail: say('remote.keychain-unknown') };
  return { name, result: 'good', detail: say('remote.keychain-read', { count: kept.length }) };
}

function panelStep(account: Account): RemoteStep {
  const name = say('remote.check-panel', { panel: shownPanel(account) });
  const { state } = account;
  if (state.kind === 'failed') return { name, result: 'bad', detail: spoken(state.problem.message) };
  if (state.kind === 'loading') return { name, result: 'unknown', detail: say('remote.panel-asked') };
  return { name, result: 'good', detail: say('remote.panel-answers') };
}
