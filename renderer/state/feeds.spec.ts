import { describe, expect, it } from 'vitest';
import type { ConsoleLine, Usage } from '../../bridge/domain.js';
import type { Problem } from '../../bridge/errors.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { ConsoleFeed, type ConsoleScreen } from '../console/feed/console-feed.svelte.js';
import { FleetFeed } from './fleet-feed.svelte.js';
import { Kept } from './kept.svelte.js';
import { Navigation } from './navigation.svelte.js';
import { SettingsFeed } from './settings-feed.svelte.js';

const problem: Problem = { code: 'internal', message: 'It broke.', next: 'Try again.' };
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

  it('forgets the figures of servers that a new snapshot does not name', () => {
    const { bridge, fleet } = watching();
    const servers = ['home/1', 'home/2'].map((id) => aServer({ id, usage: usage(1000) }));
    bridge.snapshot('fleet', { accounts: [anAccount()], servers });
    expect([...fleet.history.servers()]).toEqual(['home/1', 'home/2']);
    bridge.snapshot('fleet', { accounts: [anAccount()], servers: servers.slice(1) });
    expect([...fleet.history.servers()]).toEqual(['home/2']);
  });

  it('watches anew when a change was lost, and shows the old state until then', async () => {
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

  it('groups servers by account and sorts them as a person would', () => {
    const { bridge, fleet } = watching();
    const servers = ['world 10', 'Lobby', 'world 2'].map((name) => aServer({ id: `home/${name}`, name }));
    bridge.snapshot('fleet', { accounts: [anAccount(), anAccount({ id: 'other' })], servers });
    expect(fleet.groups.map((group) => group.servers.map(({ name }) => name))).toEqual([
      ['Lobby', 'world 2', 'world 10'],
      [],
    ]);
  });

  it('keeps the last minute of figures, of this start only', () => {
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

  it('says when the feed ended, and ends it when the window does', () => {
    const { bridge, fleet } = watching();
    bridge.fail('fleet', problem);
    expect(fleet.problem).toEqual(problem);
    fleet.again();
    expect(fleet.problem).toBeNull();
    fleet.stop();
    expect(bridge.subscriptions.map(({ ended }) => ended)).toEqual([true, true]);
  });
});

describe('ConsoleFeed', () => {
  /** A screen that draws when the test says so. */
  class SlowScreen implements ConsoleScreen {
    readonly shown: string[] = [];
    readonly waiting: (() => void)[] = [];
    clear(): void {
      this.shown.length = 0;
    }
    write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void {
      if (skipped > 0) this.shown.push(`skipped ${skipped}`);
      this.shown.push(...lines.map(({ text }) => text));
      this.waiting.push(drawn);
    }
    draw(): void {
      for (const drawn of this.waiting.splice(0)) drawn();
    }
  }

  const line = (seq: number, text = `line ${seq}`): ConsoleLine => ({ seq, at: 0, source: 'server', text });

  function watching(): {
    bridge: FakeBridge;
    screen: SlowScreen;
    feed: ConsoleFeed;
    acknowledged: () => number[];
  } {
    const bridge = new FakeBridge();
    const screen = new SlowScreen();
    const feed = new ConsoleFeed(new PerchClient(bridge), 'home/1', screen);
    feed.start();
    bridge.snapshot('console', { lines: [line(1)], link: { kind: 'live' } });
    const acknowledged = (): number[] =>
      bridge.calls
        .filter(({ name }) => name === 'console.acknowledge')
        .map(({ input }) => (input as { characters: number }).characters);
    return { bridge, screen, feed, acknowledged };
  }

  it('shows what main remembers, then what comes, and the state of the connection', () => {
    const { bridge, screen, feed } = watching();
    expect(feed.link.kind).toBe('live');
    bridge.change('console', { lines: [line(2), line(3)] });
    bridge.change('console', { link: { kind: 'connecting' } });
    expect(screen.shown).toEqual(['line 1', 'line 2', 'line 3']);
    expect(feed.link.kind).toBe('connecting');
  });

  it('begins on an empty screen after a reset and after a gap', async () => {
    const { bridge, screen } = watching();
    bridge.change('console', { reset: true, lines: [line(40)] });
    expect(screen.shown).toEqual(['line 40']);
    bridge.lose('console');
    bridge.change('console', { lines: [line(42)] });
    await Promise.resolve();
    bridge.snapshot('console', { lines: [line(41), line(42)], link: { kind: 'live' } });
    expect(screen.shown).toEqual(['line 41', 'line 42']);
  });

  it('says how many lines were dropped on the way', () => {
    const { bridge, screen } = watching();
    bridge.change('console', { lines: [line(5)] });
    expect(screen.shown).toEqual(['line 1', 'skipped 3', 'line 5']);
  });

  it('acknowledges what was drawn, once nothing waits or a portion is full', () => {
    const { bridge, screen, acknowledged } = watching();
    screen.draw();
    expect(acknowledged()).toEqual([70]);
    bridge.change('console', { lines: [line(2, 'x'.repeat(6_000))] });
    bridge.change('console', { lines: [line(3, 'y')] });
    expect(acknowledged()).toEqual([70]);
    screen.waiting.shift()?.();
    expect(acknowledged()).toEqual([70, 6_064]);
    screen.draw();
    expect(acknowledged()).toEqual([70, 6_064, 65]);
  });

  it('is drawn again without what was cleared away, and never without a subscription', () => {
    const { bridge, screen, feed } = watching();
    feed.clear();
    bridge.change('console', { lines: [line(2)] });
    expect(screen.shown).toEqual(['line 2']);
    feed.redraw();
    expect(bridge.subscriptions.map(({ ended }) => ended)).toEqual([true, false]);
    bridge.snapshot('console', { lines: [line(1), line(2), line(3)], link: { kind: 'live' } });
    expect(screen.shown).toEqual(['line 2', 'line 3']);
  });

  it('shows lines whose numbers begin again after a server was gone', () => {
    const { bridge, screen, feed } = watching();
    bridge.change('console', { lines: [line(50)] });
    feed.clear();
    bridge.snapshot('console', { lines: [{ ...line(0, 'new'), at: 10 }], link: { kind: 'live' } });
    expect(screen.shown).toEqual(['new']);
  });

  it('acknowledges nothing any more once it has ended', () => {
    const { bridge, screen, feed, acknowledged } = watching();
    feed.stop();
    screen.draw();
    expect(acknowledged()).toEqual([]);
    expect(bridge.subscriptions[0]?.ended).toBe(true);
  });
});

describe('Navigation', () => {
  it('goes where main asks, but not back there when the feed starts over', () => {
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

describe('Kept', () => {
  it('follows whether the window is only kept', () => {
    const bridge = new FakeBridge();
    const kept = new Kept(new PerchClient(bridge));
    kept.start();
    bridge.snapshot('kept', false);
    bridge.change('kept', true);
    expect(kept.isKept).toBe(true);
    bridge.change('kept', false);
    expect(kept.isKept).toBe(false);
    kept.stop();
    expect(bridge.subscriptions[0]?.ended).toBe(true);
  });
});

describe('SettingsFeed', () => {
  it('says when main has every change', async () => {
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

  it('shows a change at once and takes it back when main refuses', async () => {
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
