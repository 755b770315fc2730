import { describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { newsKind } from '../../bridge/events/event-news.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { eventHow } from '../../bridge/events/event-words.js';
import { spoken, verbatim } from '../../messages/messages.js';
import { anEvent } from '../../tests/support/history-events.js';
import { aServerThatRuns } from '../../tests/support/running-server-rig.js';

const me = { kind: 'me', bulk: false } as const;
const unknown = { kind: 'unknown' } as const;

describe('The events of a process', () => {
  it('a stop by the user and a later start by the user are two events', async () => {
    const { clock, signal, power, patch, whats } = aServerThatRuns();
    signal('stop');
    power('stopping');
    patch({ power: 'offline', pending: null });
    expect(whats()).toEqual([{ kind: 'stopped', by: me, isKill: false }]);
    await clock.advance(5000);
    signal('start');
    power('starting');
    await clock.advance(20_000);
    const upAt = clock.wall();
    patch({ power: 'running', pending: null });
    expect(whats()).toEqual([
      { kind: 'stopped', by: me, isKill: false },
      { kind: 'started', by: me, upAt },
    ]);
  });

  it('a stop by a program that the user allowed names the program', () => {
    const { id, programs, signal, power, patch, log } = aServerThatRuns();
    programs.set(id, 'Claude');
    signal('stop');
    programs.clear();
    power('stopping');
    patch({ power: 'offline', pending: null });
    const [stop] = log.recent;
    expect(stop?.what).toMatchObject({ by: { kind: 'me', program: 'Claude' } });
    expect(spoken(eventHow(anEvent(stop)))).toBe('By the program Claude, which you allowed.');
  });

  it('a restart by the user that leaves the server down is one event, which lasts until the server runs, and no stop', async () => {
    const { clock, id, log, signal, power, patch, whats, tell } = aServerThatRuns();
    const problem = { code: 'panel-unreachable', message: verbatim('Away.'), next: verbatim('') } as const;
    tell({ state: { kind: 'failed', problem, retryAt: 0 } });
    signal('restart');
    power('stopping');
    power('offline');
    const at = clock.wall();
    await clock.advance(30_000);
    patch({ pending: null, restartFailedAt: clock.now() });
    const what = { kind: 'restart-failed', by: me, isPanelAway: true } as const;
    expect(whats()).toEqual([what]);
    await clock.advance(600_000);
    const own = (): HistoryEvent[] => log.recent.filter(({ serverId }) => serverId === id);
    expect(own()).toMatchObject([{ what, at, endedAt: null }]);
    expect(own().map(newsKind)).toEqual(['stays-down']);
    signal('start');
    patch({ power: 'starting', restartFailedAt: null });
    patch({ power: 'running', pending: null });
    expect(own()).toMatchObject([{ what, endedAt: clock.wall() }, { what: { kind: 'started', by: me } }]);
  });

  it("after a crash and a second crash during the node's restart, the node gives up and the server stays down", () => {
    const { crash, power, patch, whats } = aServerThatRuns();
    crash();
    power('starting');
    power('offline');
    patch({ crash: { exitCode: 0, outOfMemory: false, isGivenUp: true } });
    expect(whats()).toEqual([{ kind: 'crashed', exitCode: 0, outOfMemory: false, aftermath: 'stays-down' }]);
  });

  it('a refused signal of the user explains nothing, and the signal before it still explains the end', async () => {
    const { clock, sent, id, signal, power, whats } = aServerThatRuns();
    const refuse = (name: PowerSignal): void => sent.refused(id, name);
    signal('kill');
    refuse('kill');
    power('stopping');
    power('offline');
    await clock.advance(2000);
    power('running');
    await clock.advance(60_000);
    signal('restart');
    await clock.advance(1000);
    signal('kill');
    refuse('kill');
    power('stopping');
    power('offline');
    power('starting');
    const stops = whats().map((what) => ('by' in what ? [what.kind, what.by] : what.kind));
    expect(stops).toEqual([
      ['restarted', unknown],
      ['restarted', me],
    ]);
  });

  it('a stop that the user began belongs to the user however long it takes, and a later stop does not', async () => {
    const { clock, signal, power, patch, whats } = aServerThatRuns();
    signal('stop');
    await clock.advance(1000);
    power('stopping');
    await clock.advance(300_000);
    patch({ power: 'offline', pending: null });
    power('starting');
    power('running');
    power('stopping');
    power('offline');
    await clock.advance(5000);
    expect(whats().map((what) => 'by' in what && what.by)).toEqual([me, unknown, unknown]);
  });

  it('a stop by the user that ended in a running server explains nothing after a while', async () => {
    const { clock, signal, power, whats } = aServerThatRuns();
    signal('stop');
    power('stopping');
    power('running');
    await clock.advance(300_000);
    power('stopping');
    power('offline');
    await clock.advance(5000);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
  });

  it('a kill by the user is logged as a kill', () => {
    const { signal, power, whats } = aServerThatRuns();
    signal('kill');
    power('offline');
    expect(whats()).toEqual([{ kind: 'stopped', by: me, isKill: true }]);
  });

  it('a restart by the user is one event, however long the stop takes', async () => {
    const { clock, signal, power, patch, whats } = aServerThatRuns();
    signal('restart');
    power('stopping');
    await clock.advance(40_000);
    power('offline');
    await clock.advance(20_000);
    power('starting');
    patch({ power: 'running', pending: null });
    await clock.advance(100_000);
    expect(whats()).toEqual([{ kind: 'restarted', by: me }]);
  });

  it("a restart by the user whose start was missed is logged at once, and a later stop is not the user's", async () => {
    const { clock, signal, power, patch, whats } = aServerThatRuns();
    signal('restart');
    power('stopping');
    await clock.advance(40_000);
    patch({ power: 'running', pending: null });
    expect(whats()).toEqual([{ kind: 'restarted', by: me }]);
    await clock.advance(50_000);
    power('stopping');
    power('offline');
    await clock.advance(5000);
    expect(whats().at(-1)).toEqual({ kind: 'stopped', by: unknown, isKill: false });
  });

  it('a restart by the user without a start is a stop', async () => {
    const { clock, signal, power, whats } = aServerThatRuns();
    signal('restart');
    power('stopping');
    power('offline');
    await clock.advance(60_000);
    expect(whats()).toEqual([{ kind: 'stopped', by: me, isKill: false }]);
  });

  it('a stop by a bulk action of the user is marked as such', () => {
    const { bulk, id, signal, power, whats } = aServerThatRuns();
    bulk.add(id);
    signal('stop');
    power('offline');
    expect(whats()).toEqual([{ kind: 'stopped', by: { kind: 'me', bulk: true }, isKill: false }]);
  });

  it('a stop by somebody else is logged after the time that a restart takes', async () => {
    const { clock, power, whats, log } = aServerThatRuns();
    power('stopping');
    await clock.advance(3000);
    const at = clock.wall();
    power('offline');
    await clock.advance(1400);
    expect(whats()).toEqual([]);
    await clock.advance(200);
    expect(whats()).toEqual([{ kind: 'stopped', by: unknown, isKill: false }]);
    expect(log.recent[0]?.at).toBe(at);
  });

  it('a start within half a minute turns the stop into a restart, in the same event', async () => {
    const { clock, power, whats } = aServerThatRuns();
    power('stopping');
    power('offline');
    await clock.advance(10_000);
    power('starting');
    expect(whats()).toEqual([{ kind: 'restarted', by: unknown }]);
  });

  it('a later start is an event of its own', async () => {
    const { clock, power, whats } = aServerThatRuns();
    power('stopping');
    power('offline');
    await clock.advance(31_000);
    power('starting');
    expect(whats().map(({ kind }) => kind)).toEqual(['stopped', 'started']);
  });

  it('a crash lasts until the server runs again, and says that the server starts again', async () => {
    const { clock, power, patch, whats, log } = aServerThatRuns();
    power('offline');
    await clock.advance(200);
    patch({ crashedAt: clock.now(), crash: { exitCode: 137, outOfMemory: true } });
    const crashed = { kind: 'crashed', exitCode: 137, outOfMemory: true } as const;
    expect(whats()).toEqual([{ ...crashed, aftermath: 'open' }]);
    power('starting');
    expect(whats()).toEqual([{ ...crashed, aftermath: 'starting' }]);
    expect(log.recent[0]?.endedAt).toBeNull();
    await clock.advance(30_000);
    patch({ power: 'running', crashedAt: null, crash: null });
    expect(whats()).toEqual([{ ...crashed, aftermath: 'up' }]);
    expect(log.recent[0]?.endedAt).toBe(clock.wall());
  });

  it.each(['starting', 'offline'] as const)(
    'a start by somebody else after a crash that stays down is an event of its own, first seen as %s',
    async (first) => {
      const { clock, crash, patch, power, whats, log } = aServerThatRuns();
      crash();
      await clock.advance(60_000);
      power(first);
      patch({ power: 'running', crashedAt: null, crash: null });
      expect(whats()).toEqual([
        { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'up' },
        { kind: 'started', by: unknown, upAt: clock.wall() },
      ]);
      expect(log.recent[0]?.endedAt).toBe(clock.wall());
    },
  );

  it('a start by somebody else after an unobserved end is an event of its own', () => {
    const { clock, patch, whats } = aServerThatRuns();
    const to = clock.now();
    const unseen = { what: 'offline' as const, from: to - 28_000, to };
    patch({ power: 'offline', crashedAt: to, crash: { exitCode: null, outOfMemory: false, unseen } });
    patch({ power: 'running', crashedAt: null, crash: null });
    expect(whats().map(({ kind }) => kind)).toEqual(['went-offline', 'started']);
  });

  it('a second crash soon after the first is logged with a later time, whatever the row says', async () => {
    const { clock, crash, patch, log } = aServerThatRuns();
    crash();
    const crashedAt = clock.now();
    await clock.advance(3000);
    patch({ power: 'running', crashedAt: null, crash: null });
    await clock.advance(1000);
    patch({ power: 'offline', crashedAt, crash: { exitCode: 1, outOfMemory: false } });
    expect(log.recent.map(({ at }) => at - (log.recent[0]?.at ?? 0))).toEqual([0, 3000]);
  });

  it('a node that gives up says so, and a node that reports nothing has given up after 10 s', async () => {
    const given = aServerThatRuns();
    given.crash();
    given.patch({ crash: { exitCode: 1, outOfMemory: false, isGivenUp: true } });
    expect(given.whats()).toMatchObject([{ aftermath: 'stays-down' }]);
    const silent = aServerThatRuns();
    silent.crash();
    await silent.clock.advance(9900);
    expect(silent.whats()).toMatchObject([{ aftermath: 'open' }]);
    await silent.clock.advance(100);
    expect(silent.whats()).toMatchObject([{ aftermath: 'stays-down' }]);
  });

  it('crash lines after the next start do not turn the crash into a restart', async () => {
    const { clock, power, crash, whats } = aServerThatRuns();
    power('offline');
    power('starting');
    await clock.advance(300);
    crash({ exitCode: 3 });
    power('starting');
    await clock.advance(60_000);
    expect(whats()).toEqual([{ kind: 'crashed', exitCode: 3, outOfMemory: false, aftermath: 'starting' }]);
  });

  it('an abrupt end without a crash, followed by a start, is a restart', async () => {
    const { clock, power, whats } = aServerThatRuns();
    power('offline');
    power('starting');
    power('running');
    await clock.advance(3000);
    expect(whats()).toEqual([{ kind: 'restarted', by: unknown }]);
  });

  it('an unobserved end keeps the times between which it happened', () => {
    const { clock, patch, whats, log } = aServerThatRuns();
    const to = clock.now();
    const from = to - 28_000;
    const crash = { exitCode: null, outOfMemory: false, unseen: { what: 'offline' as const, from, to } };
    patch({ power: 'offline', crashedAt: to, crash });
    expect(whats()).toEqual([{ kind: 'went-offline', from: log.wallOf(from) }]);
    patch({ power: 'running', crashedAt: null, crash: null });
    expect(log.recent[0]?.endedAt).toBe(clock.wall());
    patch({
      crashedAt: to,
      crash: { exitCode: null, outOfMemory: false, unseen: { what: 'restarted', from, to } },
    });
    expect(whats().at(-1)).toEqual({ kind: 'restarted', by: unknown, from: log.wallOf(from) });
  });

  it('a restart of which only the start was seen is one event, with or without the mark of the end', async () => {
    for (const isMarked of [true, false]) {
      const { clock, patch, power, whats, log } = aServerThatRuns();
      const to = clock.now();
      const from = to - 28_000;
      power('starting');
      await clock.advance(2000);
      const unseen = { what: 'restarted' as const, from, to };
      if (isMarked) patch({ crashedAt: to, crash: { exitCode: null, outOfMemory: false, unseen } });
      power('running');
      await clock.advance(60_000);
      const since = isMarked ? { from: log.wallOf(from) } : {};
      expect(whats()).toEqual([{ kind: 'restarted', by: unknown, ...since }]);
    }
  });

  it('a stop by somebody while the server starts again after a crash is logged as well', async () => {
    const { clock, crash, power, whats } = aServerThatRuns();
    crash();
    power('starting');
    power('stopping');
    power('offline');
    await clock.advance(5000);
    expect(whats().map(({ kind }) => kind)).toEqual(['crashed', 'stopped']);
  });

  it('a state from before the first observation is not logged, nor is the end of a suspended server', async () => {
    const unseen = aServerThatRuns({ power: null });
    unseen.power('offline');
    unseen.power('starting');
    await unseen.clock.advance(5000);
    expect(unseen.whats().map(({ kind }) => kind)).toEqual(['started']);
    const closed = aServerThatRuns();
    closed.patch({ power: 'stopping' });
    closed.patch({ condition: 'suspended' });
    closed.patch({ power: 'offline' });
    await closed.clock.advance(10_000);
    expect(closed.whats()).toEqual([{ kind: 'suspended' }]);
  });

  it('leaves no timer behind', () => {
    const { power, events, clock } = aServerThatRuns();
    power('offline');
    power('starting');
    events.stop();
    expect(clock.pending).toBe(0);
  });
});
