import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../bridge/schema/settings.js';
import { anAccount, aServer, playersOnline } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';
import { ServerFinder } from '../../state/fleet/server-finder.svelte.js';
import { SettingsFeed } from '../../state/feeds/settings-feed.svelte.js';
import { FleetTable } from './fleet-table.svelte.js';
import { noIds } from './id-sets.js';
import { NearLimit } from './near-limit.svelte.js';
import { Pace } from './pace.svelte.js';

function setUp(settings: Partial<Settings> = {}, list: string | null = null) {
  const bridge = new FakeBridge();
  const client = new PerchClient(bridge);
  const fleet = new FleetFeed(client);
  const feed = new SettingsFeed(client);
  fleet.start();
  feed.start();
  bridge.snapshot('fleet', {
    accounts: [anAccount()],
    servers: [
      aServer({ id: 'c', name: 'Creative', power: 'running' }),
      aServer({ id: 'l', name: 'Lobby', node: 'Berlin', power: 'offline' }),
      aServer({ id: 's', name: 'Survival', power: 'running' }),
    ],
  });
  bridge.snapshot('settings', { ...feed.current, ...settings });
  const pace = new Pace();
  const table = new FleetTable({
    fleet,
    settings: feed,
    finder: new ServerFinder(fleet, feed),
    pace,
    near: new NearLimit(fleet, pace),
    attention: { ids: noIds },
    list: () => list,
    wall: () => wall,
  });
  return { bridge, pace, table };
}

const day = 86_400_000;
const wall = 100 * day;
/** Limit of `aServer`. */
const gib = 1_073_741_824;
const keys = (table: FleetTable): string[] => table.items.map(({ key }) => key);
const group = { id: 'g', name: 'Events', isCollapsed: false, serverIds: ['l', 'gone'] };

describe('FleetTable', () => {
  it('shows pins, groups and panels, or one list', () => {
    const { table } = setUp({ pins: ['s'], groups: [group] });
    expect(keys(table)).toEqual(['pinned', 's', 'group:g', 'l', 'panel:home', 'c']);
    table.isGrouped = false;
    expect(keys(table)).toEqual(['c', 'l', 's']);
  });

  it('shows only servers without a recent backup, as far as their backups are known', () => {
    const { bridge, table } = setUp();
    table.isGrouped = false;
    const made = (at: number) => ({ id: 'b', at, bytes: 1, everyMs: null });
    const patched = (serverId: string, lastBackup: ReturnType<typeof made> | null) => ({
      kind: 'server-patched',
      serverId,
      patch: { lastBackup },
    });
    bridge.change('fleet', [patched('l', made(wall - 2 * day)), patched('s', null)]);
    table.only = 'backup-day';
    expect(keys(table)).toEqual(['l', 's']);
    table.only = 'backup-week';
    expect(keys(table)).toEqual(['s']);
    expect(table.isFiltered).toBe(true);
  });

  it('shows only own servers, or only those of others', () => {
    const { bridge, table } = setUp();
    table.isGrouped = false;
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'l', patch: { isOwner: false } }]);
    table.only = 'owned';
    expect(keys(table)).toEqual(['c', 's']);
    table.only = 'shared';
    expect(keys(table)).toEqual(['l']);
  });

  it('shows all servers of a panel in its own view, also pinned and grouped ones', () => {
    const { table } = setUp({ pins: ['s'], groups: [group] }, 'panel:home');
    expect(keys(table)).toEqual(['c', 'l', 's']);
    expect(table.listed).toEqual(['c', 'l', 's']);
  });

  it('counts all servers of a panel on its title', () => {
    const { table } = setUp({ pins: ['s'], groups: [group] });
    const counts = (): string[] =>
      table.items.flatMap((item) => (item.kind === 'section' ? [`${item.key} ${item.count}`] : []));
    expect(counts()).toEqual(['pinned 1', 'group:g 1', 'panel:home 3']);
    table.filter = 'creative';
    expect(counts()).toEqual(['panel:home 1']);
  });

  it('sorts within the sections', () => {
    const { table } = setUp();
    table.sortBy('name');
    table.sortBy('name');
    expect(keys(table)).toEqual(['panel:home', 's', 'l', 'c']);
    table.sortBy('name');
    expect(keys(table)).toEqual(['panel:home', 'c', 'l', 's']);
  });

  it('filters by words and by state', () => {
    const { table, bridge, pace } = setUp({ groups: [{ ...group, isCollapsed: true }] });
    table.filter = 'berl';
    expect(keys(table)).toEqual(['group:g', 'l']);
    table.clearFilter();
    table.only = 'running';
    expect(keys(table)).toEqual(['panel:home', 'c', 's']);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'c', patch: { power: 'offline' } }]);
    pace.next();
    expect(keys(table)).toEqual(['panel:home', 's']);
  });

  it('counts states with the words of the rows, lasting ones first, and loading servers apart', () => {
    const { table, bridge } = setUp();
    const counts = (): string[] => table.states.map(({ word, count }) => `${word} ${count}`);
    expect(counts()).toEqual(['running 2', 'offline 1']);
    const patches = [
      { serverId: 'c', patch: { power: null } },
      { serverId: 'l', patch: { condition: 'maintenance' as const } },
      { serverId: 's', patch: { power: 'stopping' as const } },
    ];
    bridge.change(
      'fleet',
      patches.map((each) => ({ kind: 'server-patched', ...each })),
    );
    expect(counts()).toEqual(['maintenance 1', 'unread 1', 'stopping 1']);
    table.sortBy('state');
    expect(keys(table)).toEqual(['panel:home', 's', 'l', 'c']);
    table.sortBy('state');
    expect(keys(table)).toEqual(['panel:home', 'l', 's', 'c']);
  });

  it('filters servers near a limit, nearest first', () => {
    const { table, bridge, pace } = setUp();
    expect(table.nearLimit).toBe(0);
    const uses = (serverId: string, memoryBytes: number) => ({
      kind: 'usage' as const,
      serverId,
      usage: {
        at: 0,
        cpuPercent: 1,
        memoryBytes,
        memoryLimitBytes: null,
        diskBytes: 0,
        networkRxBytes: 0,
        networkTxBytes: 0,
        uptimeMs: 1,
      },
    });
    const near = (serverId: string, isNear: boolean) => ({
      kind: 'server-patched' as const,
      serverId,
      patch: { near: isNear ? (['memory'] as const) : [] },
    });
    bridge.change('fleet', [uses('c', 0.81 * gib), uses('s', 0.96 * gib), near('c', true), near('s', true)]);
    pace.next();
    expect(table.nearLimit).toBe(2);
    table.only = 'near-limit';
    expect(keys(table)).toEqual(['panel:home', 's', 'c']);
    bridge.change('fleet', [uses('s', 0.5 * gib), near('s', false)]);
    pace.next();
    expect(keys(table)).toEqual(['panel:home', 'c']);
  });

  it('finds a server by its state as soon as it changes', () => {
    const { table, bridge } = setUp();
    table.filter = 'lobby running';
    expect(keys(table)).toEqual([]);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'l', patch: { power: 'running' } }]);
    expect(keys(table)).toEqual(['panel:home', 'l']);
  });

  it('sorts the best match first, unless a column sorts', () => {
    const { table, bridge } = setUp({ groups: [{ ...group, serverIds: ['a'] }] });
    const late = aServer({ id: 'a', name: 'Arena', description: 'Beside the lobby' });
    bridge.change('fleet', [{ kind: 'server-upserted', server: late }]);
    table.filter = 'lobby';
    expect(keys(table)).toEqual(['panel:home', 'l', 'group:g', 'a']);
    table.isGrouped = false;
    expect(keys(table)).toEqual(['l', 'a']);
    table.sortBy('name');
    expect(keys(table)).toEqual(['a', 'l']);
    // Actions on all found servers follow the order by name.
    expect([...table.found]).toEqual(['a', 'l']);
  });

  it('selects one, a range, all matches, and drops removed servers', () => {
    const { table, bridge } = setUp();
    table.toggle(['c']);
    table.extendTo('s');
    expect(table.selectedIds()).toEqual(['c', 'l', 's']);
    table.toggle(['l']);
    expect(table.selectedIds()).toEqual(['c', 's']);
    bridge.change('fleet', [{ kind: 'server-removed', serverId: 'c' }]);
    expect(table.selectedIds()).toEqual(['s']);
    table.filter = 'lobby';
    table.selectFound();
    expect(table.selectedIds()).toEqual(['l']);
    table.selectNone();
    expect(table.selectedIds()).toEqual([]);
  });

  it('filters by players, together with words of the search, and follows with the pace', () => {
    const { bridge, pace, table } = setUp();
    const has = (serverId: string, count: number): void =>
      bridge.change('fleet', [
        { kind: 'server-patched', serverId, patch: { players: playersOnline(count) } },
      ]);
    has('c', 0);
    has('s', 12);
    table.isGrouped = false;
    table.filter = 'players:empty';
    expect(keys(table)).toEqual(['c']);
    table.filter = 'players>5';
    expect(keys(table)).toEqual(['s']);
    table.filter = 'players>5 creative';
    expect(keys(table)).toEqual([]);
    table.filter = 'players>5';
    has('c', 30);
    pace.next();
    expect(keys(table)).toEqual(['c', 's']);
  });
});
