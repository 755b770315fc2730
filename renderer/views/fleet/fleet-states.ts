/** Number of servers per state, with the words of their rows. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { BackupFilter } from './old-backups.js';
import type { OwnerFilter } from './owner-filter.js';
import { serverMark, stateWord, type ServerMark, type StateWord } from '../../../bridge/fleet/marks.js';

/** Filters of the table beside the search. */
export type FleetOnly = StateWord | 'near-limit' | BackupFilter | OwnerFilter;

export interface StateCount {
  readonly word: StateWord;
  readonly mark: ServerMark;
  readonly count: number;
}

/** Lasting states first, so that a start or a stop moves no chip that the user is about to press. */
const order: readonly StateWord[] = [
  'running',
  'not-live',
  'crashed',
  'starting-again',
  'unreachable',
  'unknown',
  'offline',
  'suspended',
  'maintenance',
  'install-failed',
  'reinstall-failed',
  'installing',
  'restoring',
  'moving',
  'unread',
  'starting',
  'stopping',
  'restarting',
  'killing',
  'unsure-start',
  'unsure-stop',
  'unsure-restart',
  'unsure-kill',
];

export type AccountOf = (accountId: string) => Account | undefined;

/** Counts of the states that occur. */
export function countStates(servers: readonly Server[], accountOf: AccountOf): StateCount[] {
  const counts = new Map<StateWord, StateCount>();
  for (const server of servers) {
    const account = accountOf(server.accountId);
    const word = stateWord(server, account);
    const count = (counts.get(word)?.count ?? 0) + 1;
    counts.set(word, { word, mark: counts.get(word)?.mark ?? serverMark(server, account), count });
  }
  return order.flatMap((word) => counts.get(word) ?? []);
}
