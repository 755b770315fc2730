import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Account } from '../../bridge/schema/domain.js';
import { sentence } from '../../messages/messages.js';
import { shownPanel } from './shown-server.js';

const mostCandidates = 10;

/** The account that `word` means: the user's label of its panel, or its host. Throws `no-server` for none and for several. */
export function accountNamed(word: string, accounts: readonly Account[]): Account {
  const lower = word.toLowerCase();
  const meanings: ((account: Account) => boolean)[] = [
    (account) => account.label === word || shownPanel(account) === word,
    (account) => shownPanel(account).toLowerCase() === lower,
    ({ panelUrl }) => hostOf(panelUrl) === lower,
  ];
  for (const fits of meanings) {
    const found = accounts.filter(fits);
    const [only] = found;
    if (only !== undefined && found.length === 1) return only;
    if (found.length > 1) throw refusal('remote.ambiguous-panel', word, found);
  }
  throw refusal('remote.no-panel', word, accounts);
}

function refusal(
  id: 'remote.ambiguous-panel' | 'remote.no-panel',
  name: string,
  accounts: readonly Account[],
): RemoteError {
  const failure = newFailure('no-server', sentence(id, { name }), sentence('remote.no-panel-next'));
  const candidates = accounts
    .slice(0, mostCandidates)
    .map((account) => `${shownPanel(account)} (${hostOf(account.panelUrl)})`);
  return new RemoteError({ ...failure, candidates });
}

function hostOf(panelUrl: string): string {
  return URL.canParse(panelUrl) ? new URL(panelUrl).host : '';
}
