import { describe, expect, it, vi } from 'vitest';
import type { Push } from '../../bridge/schema/wire.js';
import { PerchError } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import type { Log } from '../base/ports.js';
import type { Sink, Sources } from '../base/feed-source.js';
import { Feeds } from './feeds.js';

const theme = someSettings({ theme: 'dark' });

function setUp(own: Partial<Sources> = {}) {
  const log: Log = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };
  const hidden = new Set<number>();
  const pushed: (Push & { to: number })[] = [];
  const sinks: Sink<'settings'>[] = [];
  const stopped = vi.fn();
  const sources: Sources = {
    fleet: (_params, sink) => {
      sink.snapshot({ accounts: [], servers: [] });
      return () => undefined;
    },
    console: () => () => undefined,
    usage: () => () => undefined,
    players: () => () => undefined,
    backups: () => () => undefined,
    copies: () => () => undefined,
    copyFiles: () => () => undefined,
    folder: () => () => undefined,
    foundFiles: () => () => undefined,
    revisions: () => () => undefined,
    bulk: () => () => undefined,
    warned: () => () => undefined,
    fileBackups: () => () => undefined,
    quiet: () => () => undefined,
    plans: () => () => undefined,
    fleetSchedules: () => () => undefined,
    fleetPeople: () => () => undefined,
    fleetActivity: () => () => undefined,
    whenEmpty: () => () => undefined,
    transfers: () => () => undefined,
    edited: () => () => undefined,
    leftDrafts: () => () => undefined,
    channels: () => () => undefined,
    rules: () => () => undefined,
    events: () => () => undefined,
    consent: () => () => undefined,
    updates: () => () => undefined,
    diagnosis: () => () => undefined,
    absence: () => () => undefined,
    memory: () => () => undefined,
    notices: () => () => undefined,
    clock: () => () => undefined,
    navigation: (_params, sink) => {
      sink.snapshot({ kind: 'fleet' });
      return () => undefined;
    },
    language: (_params, sink) => {
      sink.snapshot('en');
      return () => undefined;
    },
    palette: () => () => undefined,
    shortcut: () => () => undefined,
    closed: (_params, sink) => {
      sink.snapshot(false);
      return () => undefined;
    },
    settings: (_params, sink) => {
      sinks.push(sink);
      sink.snapshot(theme);
      return stopped;
    },
    ...own,
  };
  const windows = {
    isVisible: (id: number) => !hidden.has(id),
    push: (to: number, push: Push) => void pushed.push({ to, ...push }),
  };
  const feeds = new Feeds({ sources, windows, log });
  return { feeds, pushed, hidden, sinks, stopped, log };
}

describe('Feeds', () => {
  it('begins with a snapshot and counts up', () => {
    const { feeds, pushed, sinks } = setUp();
    feeds.watch(7, 1, 'settings', undefined);
    sinks[0]?.change({ ...theme, theme: 'light' });
    sinks[0]?.change(theme);
    expect(pushed).toEqual([
      { to: 7, subscription: 1, event: { kind: 'snapshot', revision: 1, snapshot: theme } },
      {
        to: 7,
        subscription: 1,
        event: { kind: 'change', revision: 2, change: { ...theme, theme: 'light' } },
      },
      { to: 7, subscription: 1, event: { kind: 'change', revision: 3, change: theme } },
    ]);
  });

  it.each(['__proto__', 'constructor', 'keys', ''])('does not know the feed %j', (name) => {
    const { feeds, pushed } = setUp();
    expect(() => feeds.watch(7, 1, name, undefined)).toThrow(PerchError);
    expect(pushed).toEqual([]);
    expect(feeds.size).toBe(0);
  });

  it('refuses wrong params and a used id', () => {
    const { feeds } = setUp();
    expect(() => feeds.watch(7, 1, 'console', { serverId: 5 })).toThrow(PerchError);
    feeds.watch(7, 1, 'fleet', undefined);
    expect(() => feeds.watch(7, 1, 'fleet', undefined)).toThrow(PerchError);
    expect(feeds.size).toBe(1);
  });

  it('ends with unwatch, and drops late events of the source', () => {
    const { feeds, pushed, sinks, stopped } = setUp();
    feeds.watch(7, 1, 'settings', undefined);
    feeds.unwatch(7, 1);
    sinks[0]?.change(theme);
    expect(stopped).toHaveBeenCalledOnce();
    expect(pushed).toHaveLength(1);
    expect(feeds.size).toBe(0);
  });

  it('ends all subscriptions of a window that navigates, and none of another', () => {
    const { feeds, stopped } = setUp();
    feeds.watch(7, 1, 'settings', undefined);
    feeds.watch(7, 2, 'settings', undefined);
    feeds.watch(8, 1, 'settings', undefined);
    feeds.endAll(7);
    expect(stopped).toHaveBeenCalledTimes(2);
    expect(feeds.size).toBe(1);
  });

  it('sends nothing to a hidden window and a fresh snapshot when it shows', () => {
    const { feeds, pushed, hidden, sinks, stopped } = setUp();
    feeds.watch(7, 1, 'settings', undefined);
    hidden.add(7);
    feeds.setVisible(7, false);
    expect(stopped).toHaveBeenCalledOnce();
    sinks[0]?.change(theme);
    expect(pushed).toHaveLength(1);
    hidden.delete(7);
    feeds.setVisible(7, true);
    feeds.setVisible(7, true);
    expect(pushed.map(({ event }) => event)).toMatchObject([
      { kind: 'snapshot', revision: 1 },
      { kind: 'snapshot', revision: 2 },
    ]);
  });

  it.each(['navigation', 'closed'])('continues %s while the window is hidden', (name) => {
    const { feeds, pushed } = setUp();
    feeds.watch(7, 1, name, undefined);
    feeds.setVisible(7, false);
    feeds.setVisible(7, true);
    expect(pushed).toHaveLength(1);
  });

  it('waits with the first snapshot while the window is hidden', () => {
    const { feeds, pushed, hidden } = setUp();
    hidden.add(7);
    feeds.watch(7, 1, 'settings', undefined);
    expect(pushed).toEqual([]);
    hidden.delete(7);
    feeds.setVisible(7, true);
    expect(pushed).toHaveLength(1);
  });

  it('reports a failed source to the window, and forgets the subscription', () => {
    const problem = {
      code: 'not-found',
      message: verbatim('This server is gone.'),
      next: verbatim('Go back to the list.'),
    } as const;
    const { feeds, pushed } = setUp({
      console: () => {
        throw new PerchError(problem);
      },
    });
    feeds.watch(7, 1, 'console', { serverId: 'home/1' });
    expect(pushed).toEqual([{ to: 7, subscription: 1, event: { kind: 'failed', problem } }]);
    expect(feeds.size).toBe(0);
  });

  it('never sends an event that does not fit the contract', () => {
    const { feeds, pushed, sinks, stopped, log } = setUp();
    feeds.watch(7, 1, 'settings', undefined);
    sinks[0]?.change({ ...theme, theme: 'pink' as 'dark' });
    expect(pushed.at(-1)).toMatchObject({ event: { kind: 'failed', problem: { code: 'internal' } } });
    expect(stopped).toHaveBeenCalledOnce();
    expect(log.error).toHaveBeenCalledOnce();
  });

  it('keeps the fleet if one server or change does not fit', () => {
    const sinks: Sink<'fleet'>[] = [];
    const account = anAccount();
    const good = aServer({ id: 'home/1' });
    const bad = aServer({ id: 'home/2', limits: { ...good.limits, memoryBytes: Infinity } });
    const { feeds, pushed, log } = setUp({
      fleet: (_params, sink) => {
        sinks.push(sink);
        sink.snapshot({
          accounts: [account, anAccount({ id: 'x', label: 7 as never })],
          servers: [bad, good],
        });
        return () => undefined;
      },
    });
    feeds.watch(7, 1, 'fleet', undefined);
    sinks[0]?.change([
      { kind: 'server-upserted', server: bad },
      { kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } },
    ]);
    sinks[0]?.change([{ kind: 'server-upserted', server: bad }]);
    sinks[0]?.change([{ kind: 'server-removed', serverId: 'home/1' }]);
    expect(pushed.map(({ event }) => event)).toEqual([
      { kind: 'snapshot', revision: 1, snapshot: { accounts: [account], servers: [good] } },
      {
        kind: 'change',
        revision: 2,
        change: [{ kind: 'server-patched', serverId: 'home/1', patch: { power: 'running' } }],
      },
      { kind: 'change', revision: 3, change: [] },
      { kind: 'change', revision: 4, change: [{ kind: 'server-removed', serverId: 'home/1' }] },
    ]);
    expect(log.error).toHaveBeenCalledTimes(4);
    expect(log.error).toHaveBeenCalledWith('feed.left-out', expect.objectContaining({ feed: 'fleet' }));
    expect(feeds.size).toBe(1);
  });

  it('ends a feed whose fleet is invalid as a whole', () => {
    const { feeds, pushed } = setUp({
      fleet: (_params, sink) => {
        sink.snapshot({ accounts: [], servers: null as never });
        return () => undefined;
      },
    });
    feeds.watch(7, 1, 'fleet', undefined);
    expect(pushed).toMatchObject([{ event: { kind: 'failed', problem: { code: 'internal' } } }]);
  });

  it('stops a page with too many subscriptions', () => {
    const { feeds } = setUp();
    for (let id = 0; id < 64; id++) feeds.watch(7, id, 'fleet', undefined);
    expect(() => feeds.watch(7, 64, 'fleet', undefined)).toThrow(PerchError);
  });
});
