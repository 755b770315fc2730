import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { PerchClient } from '../../api.js';
import { FleetFeed } from '../fleet/fleet-feed.svelte.js';
import { LatestFeed } from './latest-feed.svelte.js';
import { Navigation } from '../navigation.svelte.js';
import { SettingsFeed } from './settings-feed.svelte.js';

const problem: Problem = { code: 'internal', message: verbatim('It broke.'), next: verbatim('Try again.') };
const usage = (at: number, cpuPercent = 1): Usage => ({
  at,
  cpuPercent,
  memoryBytes: 0,
  memoryLimitBytes: null,
  diskBytes: 0,
  networkRxBytes: at,
  networkTxBytes: 0,
  uptimeMs: at,
});

describe('FleetFeed', () => {
  function watching(): { bridge: FakeBridge; fleet: FleetFeed } {
    const bridge = new FakeBridge();
    const fleet = new FleetFeed(new PerchClient(bridge));
    fleet.start();
    return { bridge, fleet };
  }

  it('is loaded by the snapshot and follows the changes', () => {
    const { bridge, fleet } = watching();
    expect(fleet.loaded).toBe(false);
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer({ id: 'home/1' })] });
    expect(fleet.loaded).toBe(true);
    bridge.change('fleet', [{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } }]);
    expect(fleet.server('home/1')?.power).toBe('running');
    expect(fleet.totals.counts.running).toBe(1);
  });

  it('forgets the figures of servers that a new snapshot lacks', () => {
    const { bridge, fleet } = watching();
    const servers = ['home/1', 'home/2'].map((id) => aServer({ id, usage: usage(1000) }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    expect([...fleet.history.servers()]).toEqual(['home/1', 'home/2']);
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: servers.slice(1) });
    expect([...fleet.history.servers()]).toEqual(['home/2']);
  });

  it('subscribes again after a lost change, and shows the old state until then', async () => {
    const { bridge, fleet } = watching();
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [aServer({ id: 'home/1' })] });
    bridge.lose('fleet');
    bridge.change('fleet', [{ kind: 'server-removed', serverId: 'home/1' }]);
    await Promise.resolve();
    expect(bridge.subscriptions).toHaveLength(2);
    expect(fleet.server('home/1')).toBeDefined();
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: [] });
    expect(fleet.server('home/1')).toBeUndefined();
  });

  it('groups servers by account and sorts them in natural order', () => {
    const { bridge, fleet } = watching();
    const servers = ['world 10', 'Lobby', 'world 2'].map((name) => aServer({ id: `home/${name}`, name }));
    bridge.snapshot('fleet', { accounts: [anAccount(), anAccount({ id: 'other' })], servers });
    expect(fleet.groups.map((group) => group.servers.map(({ name }) => name))).toEqual([
      ['Lobby', 'world 2', 'world 10'],
      [],
    ]);
  });

  it('keeps the figures of the last minute, of the current process only', () => {
    const { bridge, fleet } = watching();
    bridge.snapshot('fleet', {
      accounts: [anAccount()],
      servers: [aServer({ id: 'home/1', usage: usage(1_000) })],
    });
    for (const at of [2_000, 3_000, 70_000]) {
      bridge.change('fleet', [{ kind: 'usage', serverId: 'home/1', usage: usage(at) }]);
    }
    expect(fleet.history.of('home/1').map(({ at }) => at)).toEqual([70_000]);
    bridge.change('fleet', [{ kind: 'usage', serverId: 'home/1', usage: usage(72_000) }]);
    expect(fleet.history.rate('home/1')).toEqual({ receive: 1000, transmit: 0 });
    bridge.change('fleet', [{ kind: 'usage', serverId: 'home/1', usage: { ...usage(73_000), uptimeMs: 5 } }]);
    expect(fleet.history.of('home/1')).toHaveLength(1);
    expect(fleet.history.rate('home/1')).toBeNull();
  });

  it('reports the end of the feed, and ends with the window', () => {
    const { bridge, fleet } = watching();
    bridge.fail('fleet', problem);
    expect(fleet.problem).toEqual(problem);
    fleet.again();
    expect(fleet.problem).toBeNull();
    fleet.stop();
    expect(bridge.subscriptions.map(({ ended }) => ended)).toEqual([true, true]);
  });
});

describe('Navigation', () => {
  it("follows main's requests, but not again when the feed restarts", () => {
    const bridge = new FakeBridge();
    const navigation = new Navigation(new PerchClient(bridge));
    navigation.start();
    bridge.snapshot('navigation', { kind: 'server', serverId: 'home/1' });
    expect(navigation.view).toEqual({ kind: 'server', serverId: 'home/1' });
    navigation.go({ kind: 'settings' });
    bridge.snapshot('navigation', { kind: 'server', serverId: 'home/1' });
    expect(navigation.view).toEqual({ kind: 'settings' });
    bridge.change('navigation', { kind: 'server', serverId: 'home/1' });
    expect(navigation.view).toEqual({ kind: 'server', serverId: 'home/1' });
    navigation.go({ kind: 'settings' });
    bridge.snapshot('navigation', { kind: 'server', serverId: 'home/2' });
    expect(navigation.view).toEqual({ kind: 'server', serverId: 'home/2' });
  });
});

describe('LatestFeed', () => {
  it('follows whether the user has closed the window', () => {
    const bridge = new FakeBridge();
    const closed = new LatestFeed(new PerchClient(bridge), 'closed', false);
    closed.start();
    bridge.snapshot('closed', false);
    bridge.change('closed', true);
    expect(closed.latest).toBe(true);
    bridge.change('closed', false);
    expect(closed.latest).toBe(false);
    closed.stop();
    expect(bridge.subscriptions[0]?.ended).toBe(true);
  });
});

describe('SettingsFeed', () => {
  it('resolves once main has every change', async () => {
    const bridge = new FakeBridge();
    const settings = new SettingsFeed(new PerchClient(bridge));
    const release = bridge.hold('settings.update');
    void settings.change({ theme: 'dark' });
    let isSettled = false;
    const settled = settings.settled.then(() => (isSettled = true));
    await Promise.resolve();
    expect(isSettled).toBe(false);
    release({ ...settings.current, theme: 'dark' });
    await settled;
    expect(settings.current.theme).toBe('dark');
  });

  it('shows a change at once and undoes it if main refuses', async () => {
    const bridge = new FakeBridge();
    const settings = new SettingsFeed(new PerchClient(bridge));
    settings.start();
    bridge.refuse('settings.update', problem);
    const change = settings.change({ theme: 'dark' });
    expect(settings.current.theme).toBe('dark');
    await change;
    expect(settings.current.theme).toBe('system');
    expect(settings.problem).toEqual(problem);
  });
});
