import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../bridge/domain.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetFeed } from '../../state/fleet-feed.svelte.js';
import { ServerFinder } from '../../state/server-finder.svelte.js';
import { SettingsFeed } from '../../state/settings-feed.svelte.js';
import { FleetTable } from './fleet-table.svelte.js';

function setUp(settings: Partial<Settings> = {}) {
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
  return { bridge, fleet, table: new FleetTable(fleet, feed, new ServerFinder(fleet, feed)) };
}

const keys = (table: FleetTable): string[] => table.items.map(({ key }) => key);
const group = { id: 'g', name: 'Events', isCollapsed: false, serverIds: ['l', 'gone'] };

describe('FleetTable', () => {
  it('shows pins, groups and panels, or one list', () => {
    const { table } = setUp({ pins: ['s'], groups: [group] });
    expect(keys(table)).toEqual(['pinned', 's', 'group:g', 'l', 'panel:home', 'c']);
    table.isGrouped = false;
    expect(keys(table)).toEqual(['c', 'l', 's']);
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
    const { table, bridge } = setUp({ groups: [{ ...group, isCollapsed: true }] });
    table.filter = 'berl';
    expect(keys(table)).toEqual(['group:g', 'l']);
    table.clearFilter();
    table.mark = 'running';
    expect(keys(table)).toEqual(['panel:home', 'c', 's']);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'c', patch: { power: 'offline' } }]);
    table.refresh();
    expect(keys(table)).toEqual(['panel:home', 's']);
  });

  it('finds a server by its state as soon as it has it', () => {
    const { table, bridge } = setUp();
    table.filter = 'lobby running';
    expect(keys(table)).toEqual([]);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'l', patch: { power: 'running' } }]);
    expect(keys(table)).toEqual(['panel:home', 'l']);
  });

  it('shows what was found best first, unless a column sorts', () => {
    const { table, bridge } = setUp({ groups: [{ ...group, serverIds: ['a'] }] });
    const late = aServer({ id: 'a', name: 'Arena', description: 'Beside the lobby' });
    bridge.change('fleet', [{ kind: 'server-upserted', server: late }]);
    table.filter = 'lobby';
    expect(keys(table)).toEqual(['panel:home', 'l', 'group:g', 'a']);
    table.isGrouped = false;
    expect(keys(table)).toEqual(['l', 'a']);
    table.sortBy('name');
    expect(keys(table)).toEqual(['a', 'l']);
    // What is done with all of them follows the list by name.
    expect([...table.found]).toEqual(['a', 'l']);
  });

  it('selects one, a range, what was found, and forgets who is gone', () => {
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
});
