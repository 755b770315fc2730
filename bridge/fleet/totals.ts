/** The fleet at a glance: what the tray shows and the head of the popover says. */
import type { FleetState } from './changes.js';
import type { Account, Server } from '../schema/domain.js';
import { countedState, type CountedState, type ServerMark } from './marks.js';
import { onceEach } from './once-each.js';

/** The tray's shapes, worst first: a server that is closed by its host is nobody's emergency and never counts. */
const worstFirst = ['crashed', 'unknown', 'busy', 'running', 'offline'] as const;
export type WorstState = (typeof worstFirst)[number];

/** Each server counts once, also where several accounts see it. */
export interface FleetTotals {
  /** `offline` where there is nothing to watch. */
  worst: WorstState;
  servers: number;
  /** Servers by state; every state is there. */
  counts: Record<CountedState, number>;
  /** Panels that do not answer, or refuse. */
  failedAccounts: number;
  /** Sum over the servers with known figures; percent of one core. */
  cpuPercent: number;
  /** Sum over the servers with known figures. */
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

/** The worst of these, and how many are so; null where none of them counts. */
export function worstOf(marks: Iterable<ServerMark>): { worst: WorstState; count: number } | null {
  const counts = new Map<WorstState, number>();
  for (const mark of marks) {
    const weight = severity[mark];
    if (weight !== null) counts.set(weight, (counts.get(weight) ?? 0) + 1);
  }
  const worst = worstFirst.find((state) => counts.has(state));
  return worst === undefined ? null : { worst, count: counts.get(worst) ?? 0 };
}

/** Of a server that `isCounted` says no to, only that it is there. */
export function fleetTotals(
  state: FleetState,
  isCounted: (server: Server) => boolean = () => true,
): FleetTotals {
  const servers = onceEach(state.servers.values(), state.accounts.values());
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
    // A panel that has not answered yet, or fails, hides servers that nobody knows of.
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

/** These servers by state; every state is there. */
export function countServers(
  servers: Iterable<Server>,
  accounts: ReadonlyMap<string, Account>,
): FleetTotals['counts'] {
  const counts = noCounts();
  for (const server of onceEach(servers, accounts.values()))
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
