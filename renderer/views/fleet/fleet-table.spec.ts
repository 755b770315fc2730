import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../bridge/domain.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetFeed } from '../../state/fleet-feed.svelte.js';
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
  return { bridge, fleet, table: new FleetTable(fleet, feed) };
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
