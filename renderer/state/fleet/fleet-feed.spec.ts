import { describe, expect, it } from 'vitest';
import type { Server, Usage } from '../../../bridge/schema/domain.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetFeed } from './fleet-feed.svelte.js';

const usage: Usage = {
  at: 1000,
  cpuPercent: 1,
  memoryBytes: 0,
  memoryLimitBytes: null,
  diskBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 1000,
};

/** A fleet of the accounts `home` and `work` with one server each. */
function aFleet() {
  const bridge = new FakeBridge();
  const fleet = new FleetFeed(new PerchClient(bridge));
  fleet.start();
  const accounts = [anAccount(), anAccount({ id: 'work' })];
  const servers = [
    aServer({ id: 'home/1', name: 'Lobby', usage }),
    aServer({ id: 'work/1', accountId: 'work', name: 'Arena', usage }),
  ];
  bridge.snapshot('fleet', { accounts, servers });
  const put = (fields: Partial<Server> = {}): void =>
    bridge.change('fleet', [{ kind: 'server-upserted', server: { ...servers[0], ...fields } }]);
  return { bridge, fleet, accounts, put };
}

describe('the fleet of a window', () => {
  it('is empty until main has sent it', () => {
    const fleet = new FleetFeed(new PerchClient(new FakeBridge()));
    expect([fleet.servers, fleet.accounts, fleet.inOrder, fleet.knowsGames, fleet.count]).toEqual([
      [],
      [],
      [],
      false,
      0,
    ]);
  });

  it('keeps its lists if servers are sent unchanged, or change in fields that no list shows', () => {
    const { bridge, fleet, put } = aFleet();
    const { inOrder, accounts } = fleet;
    expect(inOrder.map(({ name }) => name)).toEqual(['Arena', 'Lobby']);
    put();
    put({ power: 'running' });
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'offline' } }]);
    bridge.change('fleet', [{ kind: 'usage', serverId: 'home/1', usage }]);
    expect(fleet.inOrder).toBe(inOrder);
    expect(fleet.accounts).toBe(accounts);
    expect(fleet.server('home/1')?.power).toBe('offline');
    expect(fleet.servers).toHaveLength(2);
  });

  it.each<[string, Partial<Server>]>([
    ['name', { name: 'Zoo' }],
    ['description', { description: 'New.' }],
    ['node', { node: 'Node 9' }],
    ['uuid', { uuid: 'other' }],
    ['identifier', { identifier: 'other' }],
    ['allocations', { allocations: [] }],
  ])('lists a server with its new %s, and keeps the others', (_what, fields) => {
    const { fleet, put } = aFleet();
    const [arena] = fleet.inOrder;
    put(fields);
    expect(fleet.inOrder.find(({ id }) => id === 'home/1')).toMatchObject(fields);
    expect(fleet.inOrder.find(({ id }) => id === 'work/1')).toBe(arena);
  });

  it('orders servers of the same name by their id', () => {
    const { fleet, put } = aFleet();
    for (const id of ['home/3', 'home/2', 'home/4']) put({ id, name: 'arena' });
    expect(fleet.inOrder.map(({ id }) => id)).toEqual(['home/2', 'home/3', 'home/4', 'work/1', 'home/1']);
  });

  it('has new accounts if one of several changes, appears, is removed or replaces another', () => {
    const { bridge, fleet } = aFleet();
    const seen = new Set([fleet.accounts]);
    const renamed = anAccount({ id: 'work', label: 'Other' });
    bridge.change('fleet', [{ kind: 'account-upserted', account: renamed }]);
    seen.add(fleet.accounts);
    expect(fleet.accounts.at(-1)).toEqual(renamed);
    bridge.change('fleet', [{ kind: 'account-upserted', account: anAccount({ id: 'third' }) }]);
    seen.add(fleet.accounts);
    bridge.change('fleet', [{ kind: 'account-removed', accountId: 'third' }]);
    seen.add(fleet.accounts);
    expect(seen.size).toBe(4);
    expect(fleet.groups.map(({ account, servers }) => [account.id, servers.length])).toEqual([
      ['home', 1],
      ['work', 1],
    ]);
  });

  it('forgets the usage of removed servers, also with their account', () => {
    const { bridge, fleet, put } = aFleet();
    put({ id: 'home/2', usage });
    expect([...fleet.history.servers()].sort()).toEqual(['home/1', 'home/2', 'work/1']);
    bridge.change('fleet', [
      { kind: 'server-removed', serverId: 'home/2' },
      { kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } },
    ]);
    expect([...fleet.history.servers()].sort()).toEqual(['home/1', 'work/1']);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'offline' } }]);
    expect([...fleet.history.servers()].sort()).toEqual(['home/1', 'work/1']);
    bridge.change('fleet', [
      { kind: 'account-removed', accountId: 'work' },
      { kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } },
    ]);
    expect([...fleet.history.servers()]).toEqual(['home/1']);
    put({ usage: null });
    expect([...fleet.history.servers()]).toEqual([]);
  });

  it('knows games once it knows the game of one server', () => {
    const { fleet, put } = aFleet();
    expect(fleet.knowsGames).toBe(false);
    put({ game: null });
    expect(fleet.knowsGames).toBe(false);
    put({ game: 'minecraft' });
    expect(fleet.knowsGames).toBe(true);
  });
});
