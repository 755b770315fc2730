/** Which server a person means by a word: its name, short id, uuid, or `panel/name`. */
import type { FleetState } from '../../bridge/changes.js';
import type { Account, Server } from '../../bridge/domain.js';
import { RemoteError } from '../../bridge/remote-error.js';
import { say } from '../../words/words.js';
import { shownName, shownPanel } from './shown-server.js';

type Test = (server: Server, account: Account | undefined) => boolean;

const mostCandidates = 10;

/** Throws `no-server` where it is none or more than one, with those that may be meant. */
export function serverNamed(word: string, { servers, accounts }: FleetState): Server {
  const all = [...servers.values()];
  const accountOf = ({ accountId }: Server): Account | undefined => accounts.get(accountId);
  for (const test of testsOf(word)) {
    const found = all.filter((server) => test(server, accountOf(server)));
    if (found.length === 1 && found[0] !== undefined) return found[0];
    if (found.length > 1) throw ambiguous(word, titles(found, accountOf));
  }
  const part = word.toLowerCase();
  const near = all.filter((server) => shownName(server).toLowerCase().includes(part));
  throw unknown(word, titles(near, accountOf));
}

/** From the narrowest meaning to the widest: one that fits ends the search. */
function testsOf(word: string): Test[] {
  const lower = word.toLowerCase();
  return [
    ({ uuid, id }) => uuid === lower || id === word,
    ({ identifier }) => identifier === word,
    (server, account) => `${shownPanel(account)}/${shownName(server)}` === word,
    (server) => shownName(server) === word,
    (server, account) => {
      const name = shownName(server).toLowerCase();
      return placesOf(account).some((place) =>
        [name, server.identifier, server.uuid].some((one) => `${place}/${one}` === lower),
      );
    },
    (server) => shownName(server).toLowerCase() === lower,
  ];
}

/** What a panel may be called: as the person does, or by its host. */
function placesOf(account: Account | undefined): string[] {
  if (account === undefined) return [];
  const host = URL.canParse(account.panelUrl) ? [new URL(account.panelUrl).host] : [];
  return [shownPanel(account).toLowerCase(), ...host];
}

function titles(servers: readonly Server[], accountOf: (server: Server) => Account | undefined): string[] {
  return servers
    .slice(0, mostCandidates)
    .map((server) => `${shownPanel(accountOf(server))}/${shownName(server)} (${server.identifier})`);
}

function ambiguous(name: string, candidates: string[]): RemoteError {
  return new RemoteError({
    cause: 'no-server',
    message: say('remote.ambiguous', { name }),
    next: say('remote.ambiguous-next'),
    candidates,
  });
}

function unknown(name: string, candidates: string[]): RemoteError {
  return new RemoteError({
    cause: 'no-server',
    message: say('remote.no-server', { name }),
    next: say('remote.no-server-next'),
    candidates,
  });
}
