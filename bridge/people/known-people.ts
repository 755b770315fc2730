/** How well Perch knows the people of a server, and why its list may be old or missing. Pure. */
import { say, spoken } from '../../messages/messages.js';
import { closedWords } from '../panel/permission-words.js';
import { isGranted, lacking } from '../panel/permissions.js';
import type { Account, Server } from '../schema/domain.js';
import type { ServerPeople } from '../schema/fleet-people.js';

export interface KnownPeople {
  /** null = nobody knows who shares the server. */
  readonly list: ServerPeople | null;
  /** Why nobody knows, or why the list may be old; null = the list is read as usual. */
  readonly why: string | null;
  /** True if the first read of the list is still to come. */
  readonly isWaiting: boolean;
  /** True if the panel refused the last read, which can be repeated now. */
  readonly isRefused: boolean;
}

const resting = { isWaiting: false, isRefused: false };

/** `latest` = the lists that Perch last read through this account. */
export function knownPeople(
  server: Server,
  account: Account | undefined,
  latest: ServerPeople | null,
): KnownPeople {
  // Without the permission, a list from before may hold people who are gone.
  if (!isGranted(server.permissions, 'user.read'))
    return { list: null, why: spoken(lacking('user.read')), ...resting };
  const list = latest !== null && latest.people !== null ? latest : null;
  const closed = closedWords(server);
  if (closed !== null) return { list, why: closed, ...resting };
  if (account?.state.kind !== 'ready') return { list, why: say('people.matrix-away'), ...resting };
  const problem = latest?.problem ?? null;
  if (problem !== null) return { list, why: spoken(problem.message), isWaiting: false, isRefused: true };
  if (list === null)
    return { list: null, why: say('people.matrix-not-read'), isWaiting: true, isRefused: false };
  return { list, why: null, ...resting };
}

/** Greater for the account that knows more, if several see a server. */
export function peopleRank({ list, isWaiting }: KnownPeople): number {
  return list !== null ? 2 : isWaiting ? 1 : 0;
}
