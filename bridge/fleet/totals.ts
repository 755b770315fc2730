/** Totals of the fleet for the tray and the head of the popover. */
import type { FleetState } from './changes.js';
import type { Account, Server } from '../schema/domain.js';
import { countedState, type CountedState, type ServerMark } from './marks.js';
import { onePerServer } from './one-per-server.js';

/** The tray's shapes, worst first. Servers closed by the host never count, because the user cannot act on them. */
const worstFirst = ['crashed', 'unknown', 'busy', 'running', 'offline'] as const;
export type WorstState = (typeof worstFirst)[number];

/** Each server counts once, even if several accounts see it. */
export interface FleetTotals {
  /** `offline` if no server is watched. */
  worst: WorstState;
  servers: number;
  /** Number of servers by state; contains every state. */
  counts: Record<CountedState, number>;
  /** Accounts with a panel that does not answer or refuses the key. */
  failedAccounts: number;
  /** Sum over the servers with known usage; percent of one core. */
  cpuPercent: number;
  /** Sum over the servers with known usage. */
  memoryBytes: number;
}

const severity: Record<ServerMark, WorstState | null> = {
  crashed: 'crashed',
  unknown: 'unknown',
  unread: 'unknown',
  busy: 'busy',
  installing: 'busy',
  running: 'running',
  unwatched: 'running',
  offline: 'offline',
  suspended: null,
};

/** The worst state of these marks and its count; null if none of the marks counts. */
export function worstStateOf(marks: Iterable<ServerMark>): { worst: WorstState; count: number } | null {
  const counts = new Map<WorstState, number>();
  for (const mark of marks) {
    const weight = severity[mark];
    if (weight !== null) counts.set(weight, (counts.get(weight) ?? 0) + 1);
  }
  const worst = worstFirst.find((state) => counts.has(state));
  return worst === undefined ? null : { worst, count: counts.get(worst) ?? 0 };
}

/** Totals of the fleet. A server that `isCounted` rejects only counts towards `servers`. */
export function fleetTotals(
  state: FleetState,
  isCounted: (server: Server) => boolean = () => true,
): FleetTotals {
  const servers = onePerServer(state.servers.values(), state.accounts.values());
  const totals: FleetTotals = {
    worst: 'offline',
    servers: servers.length,
    counts: noCounts(),
    failedAccounts: 0,
    cpuPercent: 0,
    memoryBytes: 0,
  };
  const seen = new Set<WorstState>();
  for (const account of state.accounts.values()) {
    if (account.state.kind === 'failed') totals.failedAccounts += 1;
    // A panel that has not answered yet or fails may have servers that Perch does not know.
    if (account.state.kind !== 'ready') seen.add('unknown');
  }
  for (const server of servers) {
    if (!isCounted(server)) continue;
    const counted = countedState(server, state.accounts.get(server.accountId));
    totals.counts[counted] += 1;
    totals.cpuPercent += server.usage?.cpuPercent ?? 0;
    totals.memoryBytes += server.usage?.memoryBytes ?? 0;
    const weight = counted === 'unreachable' ? 'unknown' : severity[counted];
    if (weight !== null) seen.add(weight);
  }
  totals.worst = worstFirst.find((worst) => seen.has(worst)) ?? 'offline';
  return totals;
}

/** Number of these servers by state; contains every state. */
export function countServers(
  servers: Iterable<Server>,
  accounts: ReadonlyMap<string, Account>,
): FleetTotals['counts'] {
  const counts = noCounts();
  for (const server of onePerServer(servers, accounts.values()))
    counts[countedState(server, accounts.get(server.accountId))] += 1;
  return counts;
}

function noCounts(): FleetTotals['counts'] {
  return {
    running: 0,
    busy: 0,
    offline: 0,
    crashed: 0,
    installing: 0,
    suspended: 0,
    unreachable: 0,
    unknown: 0,
    unread: 0,
  };
}
