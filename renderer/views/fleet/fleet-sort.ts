/** Sorting of the fleet table by column. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { serverMark, type ServerMark } from '../../../bridge/fleet/marks.js';
import { measuredUsage, nearness, shareOf } from '../../../bridge/fleet/shares.js';
import type { Limited } from '../../../bridge/fleet/limited.js';
import { nameCollator } from '../../state/fleet/server-order.js';
import { serverAddress } from '../server-look.js';

/** Trend, day and reason have no order. */
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
  'players',
  'backup',
]);

/** Whether the column is numeric and right-aligned. */
export function isNumber(column: FleetColumn): boolean {
  return numbers.has(column);
}

export interface Sort {
  readonly column: SortColumn;
  readonly direction: 'ascending' | 'descending';
  /** Sorts by the used share of the limit instead of the figure. */
  readonly by?: 'share';
}

/** Sorts by the largest used share of any limit. */
export interface NearestSort {
  readonly column: 'share';
  readonly direction: 'descending';
}

export const nearestFirst: NearestSort = { column: 'share', direction: 'descending' };

export const worstFirst: Sort = { column: 'state', direction: 'ascending' };

/** Whether the column has a limit. */
export function isShareable(column: FleetColumn): column is Limited {
  return column === 'cpu' || column === 'memory' || column === 'disk';
}

/** Values of one server for sorting. */
export interface SortFacts {
  readonly server: Server;
  readonly account: Account | undefined;
  /** Bytes per second, received plus sent; null while unknown. */
  readonly bytesPerSecond: number | null;
}

/** Rank of a state: those that need attention first; null = unread, sorted last. */
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

/** Columns whose values change by themselves. */
const live: ReadonlySet<SortColumn> = new Set<SortColumn>([
  'state',
  'cpu',
  'memory',
  'disk',
  'network',
  'uptime',
  'players',
  'backup',
]);

export function isLiveColumn(column: SortColumn): boolean {
  return live.has(column);
}

/** Sort after the next click on a header: one direction, the other, then the user's order. */
export function nextSort(sort: Sort | null, column: SortColumn): Sort | null {
  // Numeric columns start with the highest value.
  const first = isNumber(column) ? 'descending' : 'ascending';
  if (sort?.column !== column) return { column, direction: first };
  if (sort.direction !== first) return null;
  return { column, direction: isNumber(column) ? 'ascending' : 'descending' };
}

/** Sorts ids that are already in name order. Equal values keep that order; missing values come last. */
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
  const names = nameCollator();
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
    case 'players':
      return server.players?.count ?? null;
    case 'backup':
      return backupAge(server);
    case 'description':
      return server.description.trim() || null;
    case 'egg':
      return server.egg ?? null;
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

/** Orders by age; a server without a good backup is the oldest. null = not read yet. */
function backupAge({ lastBackup }: Server): number | null {
  if (lastBackup === undefined) return null;
  return lastBackup === null ? Number.MAX_VALUE : -lastBackup.at;
}
