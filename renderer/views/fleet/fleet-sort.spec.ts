import { describe, expect, it } from 'vitest';
import { fleetColumns } from '../../../bridge/settings/fleet-columns.js';
import type { Server, Usage } from '../../../bridge/schema/domain.js';
import { anAccount, aServer, playersOnline } from '../../../tests/support/entities.js';
import { isSortable, nextSort, sortIds, type SortColumn, type SortFacts } from './fleet-sort.js';

const usage = (cpuPercent: number, fields: Partial<Usage> = {}): Usage => ({
  at: 0,
  cpuPercent,
  memoryBytes: cpuPercent * 10,
  memoryLimitBytes: null,
  diskBytes: 100 - cpuPercent,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: cpuPercent,
  ...fields,
});

const servers: Server[] = [
  aServer({
    id: 'alpha',
    name: 'alpha',
    description: 'Zoo',
    egg: 'Paper',
    node: 'B',
    power: 'running',
    usage: usage(5),
  }),
  aServer({
    id: 'beta',
    name: 'beta',
    description: ' Arena ',
    node: 'A',
    power: 'offline',
    usage: usage(90),
  }),
  aServer({ id: 'gamma', name: 'gamma', node: 'B', power: 'running', usage: usage(50), allocations: [] }),
  aServer({ id: 'world 10', name: 'world 10', node: 'A', power: 'offline', crashedAt: 1 }),
  aServer({ id: 'world 2', name: 'world 2', node: 'A', power: 'stopping', accountId: 'work' }),
];
const accounts = [anAccount(), anAccount({ id: 'work', label: 'a.example.org' })];

function sorted(column: SortColumn, direction: 'ascending' | 'descending' = 'ascending'): string[] {
  const factsOf = (id: string): SortFacts | undefined => {
    const server = servers.find((one) => one.id === id);
    const account = accounts.find((one) => one.id === server?.accountId);
    return server === undefined ? undefined : { server, account, bytesPerSecond: server.name.length };
  };
  return sortIds(
    servers.map(({ id }) => id),
    { column, direction },
    factsOf,
  );
}

describe('sortIds', () => {
  it('sorts names in natural order', () => {
    expect(sorted('name')).toEqual(['alpha', 'beta', 'gamma', 'world 2', 'world 10']);
    expect(sorted('name', 'descending')[0]).toBe('world 10');
  });

  it('sorts servers in need of attention first', () => {
    expect(sorted('state')).toEqual(['world 10', 'world 2', 'alpha', 'gamma', 'beta']);
  });

  it('sorts servers without a figure last, in either direction, by name', () => {
    expect(sorted('cpu', 'descending')).toEqual(['gamma', 'alpha', 'beta', 'world 10', 'world 2']);
    expect(sorted('cpu')).toEqual(['alpha', 'gamma', 'beta', 'world 10', 'world 2']);
    expect(sorted('address').at(-1)).toBe('gamma');
  });

  it('sorts by description and egg, servers without last', () => {
    expect(sorted('description')).toEqual(['beta', 'alpha', 'gamma', 'world 10', 'world 2']);
    expect(sorted('egg')[0]).toBe('alpha');
  });

  it('sorts by players, empty servers before unknown numbers', () => {
    const of = (id: string, count: number | null): Server =>
      aServer({ id, name: id, players: count === null ? null : playersOnline(count) });
    const some = [of('a', null), of('b', 0), of('c', 12), of('d', 3)];
    const ids = sortIds(
      some.map(({ id }) => id),
      { column: 'players', direction: 'descending' },
      (id) => {
        const server = some.find((one) => one.id === id);
        return server === undefined ? undefined : { server, account: undefined, bytesPerSecond: null };
      },
    );
    expect(ids).toEqual(['c', 'd', 'b', 'a']);
  });

  it('sorts by the share of a limit as well, servers without one last', () => {
    const of = (id: string, cpuPercent: number, limit: number | null): Server =>
      aServer({
        id,
        power: 'running',
        usage: usage(cpuPercent),
        limits: { cpuPercent: limit, memoryBytes: null, diskBytes: null },
      });
    const some = new Map(
      [of('free', 300, null), of('little', 90, 400), of('much', 45, 50)].map((each) => [each.id, each]),
    );
    const byShare = sortIds(
      [...some.keys()],
      { column: 'cpu', direction: 'descending', by: 'share' },
      (id) => {
        const server = some.get(id);
        return server && { server, account: undefined, bytesPerSecond: null };
      },
    );
    expect(byShare).toEqual(['much', 'little', 'free']);
  });

  it('sorts servers without a backup first, then the oldest backup, and unread lists last', () => {
    const of = (id: string, lastBackup: Server['lastBackup']): [string, Server] => [
      id,
      aServer({ id, ...(lastBackup === undefined ? {} : { lastBackup }) }),
    ];
    const made = (at: number) => ({ id: 'b', at, bytes: 1, everyMs: null });
    const some = new Map([
      of('unread', undefined),
      of('none', null),
      of('new', made(900)),
      of('also none', null),
      of('old', made(100)),
    ]);
    const { column, direction } = nextSort(null, 'backup') ?? { column: 'name', direction: 'ascending' };
    const oldestFirst = sortIds([...some.keys()], { column, direction }, (id) => {
      const server = some.get(id);
      return server && { server, account: undefined, bytesPerSecond: null };
    });
    expect(oldestFirst).toEqual(['none', 'also none', 'old', 'new', 'unread']);
  });

  it('keeps the order of equal values', () => {
    expect(sorted('node')).toEqual(['beta', 'world 10', 'world 2', 'alpha', 'gamma']);
    expect(sorted('node', 'descending')).toEqual(['alpha', 'gamma', 'beta', 'world 10', 'world 2']);
    expect(sorted('panel')[0]).toBe('world 2');
  });

  it.each(fleetColumns.filter(isSortable))('has every server once when sorted by %s', (column) => {
    expect(new Set(sorted(column)).size).toBe(servers.length);
  });
});

describe('nextSort', () => {
  it("sorts in one direction, the other, and then in the user's order", () => {
    const first = nextSort(null, 'name');
    expect(first).toEqual({ column: 'name', direction: 'ascending' });
    const second = nextSort(first, 'name');
    expect(second).toEqual({ column: 'name', direction: 'descending' });
    expect(nextSort(second, 'name')).toBeNull();
  });

  it('begins with the highest figure, and starts again at another column', () => {
    expect(nextSort(null, 'cpu')?.direction).toBe('descending');
    expect(nextSort({ column: 'name', direction: 'descending' }, 'memory')).toEqual({
      column: 'memory',
      direction: 'descending',
    });
  });
});
