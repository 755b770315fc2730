/** One way to read a server's name in a command: as name, short id, uuid, or `panel/name`. */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteFailure } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import { settled, type SettledDeps } from './settled.js';
import { shownName, shownPanel } from './shown-server.js';

interface Meaning {
  readonly fits: (server: Server, account: Account | undefined) => boolean;
  /** True if this reading compares the name alone. Anyone can give their server any name. */
  readonly isName: boolean;
}

const mostCandidates = 10;

/** The server that `word` means. Throws `no-server`, with candidates, for no match or more than one. */
export function serverNamed(word: string, { servers, accounts }: FleetState): Server {
  const all = [...servers.values()];
  const accountOf = ({ accountId }: Server): Account | undefined => accounts.get(accountId);
  const part = word.toLowerCase();
  for (const { fits, isName } of meaningsOf(word)) {
    const found = all.filter((server) => fits(server, accountOf(server)));
    const [first] = found;
    if (first === undefined) continue;
    // Panels choose the ids. An id from one panel must not capture the name of a server on another panel.
    const rivals = all.filter(
      (server) => server.accountId !== first.accountId && shownName(server).toLowerCase() === part,
    );
    const meant = new Set(isName ? found : [...found, ...rivals]);
    if (meant.size === 1) return first;
    throw refusal(
      newFailure('no-server', sentence('remote.ambiguous', { name: word })),
      [...meant],
      accountOf,
    );
  }
  const near = all.filter((server) => shownName(server).toLowerCase().includes(part));
  throw refusal(newFailure('no-server', sentence('remote.no-server', { name: word })), near, accountOf);
}

/** The server that `word` means, once the server lists are loaded. `seen` = wait for the servers' states as well. */
export async function settledServer(deps: SettledDeps, word: string, seen = false): Promise<Server> {
  await settled(deps, { seen });
  return serverNamed(word, deps.store.state);
}

/** The ways to read a word, strictest first. The first way with a match decides. */
function meaningsOf(word: string): Meaning[] {
  const lower = word.toLowerCase();
  return [
    { isName: false, fits: ({ uuid, id }) => uuid === lower || id === word },
    { isName: false, fits: ({ identifier }) => identifier === word },
    {
      isName: false,
      fits: (server, account) => `${shownPanel(account)}/${shownName(server)}` === word,
    },
    { isName: true, fits: (server) => shownName(server) === word },
    {
      isName: false,
      fits: (server, account) => {
        const name = shownName(server).toLowerCase();
        return placesOf(account).some((place) =>
          [name, server.identifier, server.uuid].some((one) => `${place}/${one}` === lower),
        );
      },
    },
    { isName: true, fits: (server) => shownName(server).toLowerCase() === lower },
  ];
}

/** Names of a panel in lower case: the user's label and the host. */
function placesOf(account: Account | undefined): string[] {
  if (account === undefined) return [];
  const host = URL.canParse(account.panelUrl) ? [new URL(account.panelUrl).host] : [];
  return [shownPanel(account).toLowerCase(), ...host];
}

function refusal(
  failure: RemoteFailure,
  servers: readonly Server[],
  accountOf: (server: Server) => Account | undefined,
): RemoteError {
  const candidates = servers
    .slice(0, mostCandidates)
    .map((server) => `${shownPanel(accountOf(server))}/${shownName(server)} (${server.identifier})`);
  return new RemoteError({ ...failure, candidates });
}
