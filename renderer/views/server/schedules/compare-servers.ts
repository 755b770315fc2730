/** The servers of a comparison: which have the schedule, which differ, which lack it, which nobody knows. Pure. */
import { onePerServer, serverKeys } from '../../../../bridge/fleet/one-per-server.js';
import { compareSchedule, type Comparison } from '../../../../bridge/schedules/compare-schedules.js';
import type { Account, Server } from '../../../../bridge/schema/domain.js';
import type { FleetSchedule } from '../../../../bridge/schema/fleet-schedules.js';
import type { KnownSchedules } from '../../../state/schedules/known-schedules.js';

/** In the order in which the table shows them. */
export const verdicts = ['differs', 'missing', 'same', 'unknown'] as const;
export type CompareVerdict = (typeof verdicts)[number];

export interface ComparedServer {
  readonly server: Server;
  readonly verdict: CompareVerdict;
  /** null if Perch has not read the schedules of the server. */
  readonly comparison: Comparison | null;
}

interface Facts {
  readonly from: Pick<Server, 'id' | 'accountId'>;
  readonly accounts: readonly Account[];
  /** By the id of the server; without those whose schedules Perch has not read. */
  readonly comparisons: ReadonlyMap<string, Comparison>;
}

/**
 * By verdict, then by name, without the server of the schedule. Several accounts may see a server; the account whose
 * schedules Perch has read counts.
 */
export function comparedServers(
  servers: readonly Server[],
  { from, accounts, comparisons }: Facts,
): readonly ComparedServer[] {
  const keyOf = serverKeys(accounts);
  const own = keyOf(from);
  const others = servers.filter((server) => keyOf(server) !== own);
  const [read, unread] = [true, false].map((isRead) =>
    others.filter(({ id }) => comparisons.has(id) === isRead),
  );
  return onePerServer([...(read ?? []), ...(unread ?? [])], accounts)
    .map((server) => compared(server, comparisons.get(server.id) ?? null))
    .toSorted(
      (one, other) =>
        verdicts.indexOf(one.verdict) - verdicts.indexOf(other.verdict) ||
        one.server.name.localeCompare(other.server.name),
    );
}

function compared(server: Server, comparison: Comparison | null): ComparedServer {
  const kind = comparison?.kind ?? 'unkept';
  return { server, comparison, verdict: kind === 'unkept' ? 'unknown' : kind };
}

/** Compares only lists that have changed since the last time, because the words of all rows hang on the result. */
export class Comparisons {
  #wanted: FleetSchedule | null = null;
  #known = new WeakMap<readonly FleetSchedule[], Comparison>();

  of(wanted: FleetSchedule, lists: KnownSchedules): ReadonlyMap<string, Comparison> {
    if (wanted !== this.#wanted) this.#known = new WeakMap();
    this.#wanted = wanted;
    return new Map([...lists].map(([id, others]) => [id, this.#compare(wanted, others)]));
  }

  #compare(wanted: FleetSchedule, others: readonly FleetSchedule[]): Comparison {
    const known = this.#known.get(others) ?? compareSchedule(wanted, others);
    this.#known.set(others, known);
    return known;
  }
}
