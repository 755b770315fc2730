/** The columns of the fleet's table, and how each sorts. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { serverMark, type ServerMark } from '../../../bridge/fleet/marks.js';
import { measuredUsage, nearness, shareOf } from '../../../bridge/fleet/shares.js';
import type { Limited } from '../../../bridge/fleet/limited.js';
import { byName } from '../../state/fleet/server-order.js';
import { serverAddress } from '../server-look.js';

/** A line, a strip and a sentence have no order. */
export type SortColumn = Exclude<FleetColumn, 'trend' | 'day' | 'why'>;

export function isSortable(column: FleetColumn): column is SortColumn {
  return column !== 'trend' && column !== 'day' && column !== 'why';
}

const numbers: ReadonlySet<FleetColumn> = new Set<FleetColumn>([
  'cpu',
  'memory',
  'disk',
  'network',
  'uptime',
]);

/** Figures stand at the right of their column. */
export function isNumber(column: FleetColumn): boolean {
  return numbers.has(column);
}

export interface Sort {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
  /** By the share of its limit instead of the figure. */
  readonly by?: 'share';
}

/** Of all its limits the one that is nearest. */
export interface NearestSort {
  readonly column: 'share';
  readonly direction: 'descending';
}

export const nearestFirst: NearestSort = { column: 'share', direction: 'descending' };

export const worstFirst: Sort = { column: 'state', direction: 'ascending' };

/** Those that have a limit. */
export function isShareable(column: FleetColumn): column is Limited {
  return column === 'cpu' || column === 'memory' || column === 'disk';
}

/** What one server is sorted by. */
export interface SortFacts {
  readonly server: Server;
  readonly account: Account | undefined;
  /** Bytes per second, both ways together; null while it is not known. */
  readonly bytesPerSecond: number | null;
}

/** What wants attention comes first; what is not read yet has no place, and comes last. */
const stateRank: Record<ServerMark, number | null> = {
  crashed: 0,
  unknown: 1,
  unwatched: 2,
  busy: 3,
  running: 4,
  installing: 5,
  offline: 6,
  suspended: 7,
  unread: null,
};

/** Columns that change without a server coming, going or being renamed. */
const live: ReadonlySet<SortColumn> = new Set<SortColumn>([
  'state',
  'cpu',
  'memory',
  'disk',
  'network',
  'uptime',
]);

export function isLive(column: SortColumn): boolean {
  return live.has(column);
}

/** The next press of a column's header: one way, the other way, then the person's own order again. */
export function nextSort(sort: Sort | null, column: SortColumn): Sort | null {
  // Someone who sorts by a figure looks for the highest.
  const first = isNumber(column) ? 'descending' : 'ascending';
  if (sort?.column !== column) return { column, direction: first };
  if (sort.direction !== first) return null;
  return { column, direction: isNumber(column) ? 'ascending' : 'descending' };
}

/** Sorts ids that are in order by name already, which stays the order of what is alike; who has no value comes last. */
export function sortIds(
  ids: readonly string[],
  sort: Sort | NearestSort,
  factsOf: (id: string) => SortFacts | undefined,
): string[] {
  const keyed = ids.map((id) => {
    const facts = factsOf(id);
    return { id, value: facts === undefined ? null : sortValue(sort, facts) };
  });
  const sign = sort.direction === 'ascending' ? 1 : -1;
  const names = byName();
  keyed.sort((one, other) => {
    if (one.value === null || other.value === null) {
      return Number(one.value === null) - Number(other.value === null);
    }
    return sign * compare(one.value, other.value, names);
  });
  return keyed.map(({ id }) => id);
}

function compare(one: string | number, other: string | number, names: Intl.Collator): number {
  return typeof one === 'number' && typeof other === 'number'
    ? one - other
    : names.compare(String(one), String(other));
}

function sortValue(sort: Sort | NearestSort, facts: SortFacts): string | number | null {
  const { server } = facts;
  return sort.column !== 'share' && sort.by === 'share' && isShareable(sort.column)
    ? shareOf(sort.column, server, { usage: measuredUsage(server) })
    : valueOf(sort.column, facts);
}

function valueOf(
  column: SortColumn | 'share',
  { server, account, bytesPerSecond }: SortFacts,
): string | number | null {
  const usage = measuredUsage(server);
  switch (column) {
    case 'name':
      return server.name;
    case 'state':
      return stateRank[serverMark(server, account)];
    case 'cpu':
      return usage?.cpuPercent ?? null;
    case 'memory':
      return usage?.memoryBytes ?? null;
    case 'disk':
      return server.usage?.diskBytes ?? null;
    case 'network':
      return usage === null ? null : bytesPerSecond;
    case 'uptime':
      return usage?.uptimeMs ?? null;
    case 'address':
      return serverAddress(server);
    case 'node':
      return server.node;
    case 'panel':
      return account?.label ?? null;
    case 'share':
      return nearness(server);
  }
}
