import { describe, expect, it } from 'vitest';
import type { Happening, HistoryEvent } from '../../bridge/schema/events.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import { settle } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { RememberedEvents } from '../../tests/support/remembered-events.js';
import { aNotifier } from '../../tests/support/a-notifier.js';
import { verbatim } from '../../messages/messages.js';
import { KeptLog } from './kept-log.js';
import { LeftOpen } from './left-open.js';

const crash: Happening = { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'stays-down' };
const node: Happening = { kind: 'node-unreachable', node: 'Node 1', servers: 2 };

/** Log over a store, with the entries of an earlier run. */
function aRun(earlier: readonly HistoryEvent[] = []) {
  const rig = anEventsRig();
  const { log, store, clock } = rig;
  const memory = new RememberedEvents();
  for (const event of earlier) memory.put(event);
  const kept = new KeptLog({
    log,
    memory,
    leftOpen: new LeftOpen({ store, clock, log, pastCrashes: { recall: () => undefined } }),
    keeps: (accountId) => accountId !== 'demo',
  });
  kept.start();
  const recall = async (): Promise<void> => {
    memory.recalled.emit(undefined);
    await settle();
  };
  return { ...rig, memory, kept, recall };
}

const lasting = (what: Happening, fields: Partial<HistoryEvent> = {}): HistoryEvent =>
  anEvent({ serverId: 'home/1', what, endedAt: null, ...fields });

describe('The log from run to run', () => {
  it('comes back in the order of time, with what lasts among the rest, and once', async () => {
    const earlier = ['d', 'a', 'c', 'b'].map((id) => anEvent({ id }));
    const { log, memory, recall } = aRun([...earlier, lasting(node, { id: 'bb', serverId: null })]);
    await recall();
    expect(log.recent.map(({ id }) => id)).toEqual(['a', 'b', 'bb', 'c', 'd']);
    memory.put(anEvent({ id: 'e' }));
    await recall();
    expect(log.recent).toHaveLength(5);
  });

  it('is stored after each addition and change, and comes back before the events of this run', async () => {
    const first = aRun();
    const serverId = first.addServer({ power: 'running' });
    first.facts.emit({
      serverId,
      fact: { kind: 'backup', isSuccessful: true, backupId: null, sha1: null, bytes: 0 },
    });
    const [written] = first.log.recent;
    expect([...first.memory.byId.values()]).toEqual([written]);
    const old = anEvent({ id: '0-old' });
    first.memory.put(old);
    await first.recall();
    expect(first.log.recent).toEqual([old, written]);
    await first.recall();
    expect(first.log.recent).toEqual([old, written]);
  });

  it('of the demo is not stored', () => {
    const { log, memory, clock } = aRun();
    log.add({ ...anEvent({ accountId: 'demo', serverId: 'demo/1' }), at: clock.now(), lasts: false });
    expect(log.recent).toHaveLength(1);
    expect(memory.byId.size).toBe(0);
  });

  it('does not come back after the stop', async () => {
    const { kept, log, recall, memory } = aRun([anEvent()]);
    const before = recall();
    kept.stop();
    await before;
    expect(log.recent).toEqual([]);
    expect(memory.recalled.hasListeners).toBe(false);
  });
});

describe('Events that began in an earlier run', () => {
  it('ends at the first sight of a running server, even before the log has the crash', async () => {
    const one = lasting(crash);
    for (const isFirst of [true, false]) {
      const run = aRun([one]);
      run.tell();
      run.addServer({ id: 'home/1', power: null });
      if (isFirst) run.patch('home/1', { power: 'running' });
      await run.recall();
      if (!isFirst) {
        expect(run.log.lastingOf('home/1')).toHaveLength(1);
        run.patch('home/1', { power: 'running' });
      }
      expect(run.log.lastingOf('home/1')).toEqual([]);
      const ended = { ...one, what: { ...crash, aftermath: 'up' }, endedAt: run.clock.wall() };
      expect(run.log.find(one.id)).toEqual(ended);
      expect(run.memory.byId.get(one.id)).toEqual(ended);
    }
  });

  it('lasts while the panel has not answered, and while the state is unchanged', async () => {
    const run = aRun([lasting({ kind: 'suspended' }), lasting(crash), lasting(node, { serverId: null })]);
    run.addServer({ id: 'home/1', power: null, node: 'Node 1' });
    await run.recall();
    const count = (): number => [...run.memory.byId.values()].filter((one) => one.endedAt === null).length;
    expect(count()).toBe(3);
    run.patch('home/1', { condition: 'suspended' });
    run.tell({ state: { kind: 'ready' } });
    expect(count()).toBe(3);
    run.patch('home/1', { condition: 'normal' });
    expect(count()).toBe(2);
    run.patch('home/1', { link: { kind: 'live' } });
    expect(count()).toBe(1);
  });

  it.each<[string, Happening, string | null]>([
    ['an outage of a panel that answers', { kind: 'panel-unreachable', isFromStart: true }, null],
    ['an outage of a node that has no servers any more', node, null],
    ['a suspension of a server that is gone', { kind: 'suspended' }, 'home/9'],
    ['a start that came to nothing', { kind: 'slow-start', minutes: 10 }, 'home/1'],
  ])('%s ends', async (_, what, serverId) => {
    const run = aRun([lasting(what, { serverId })]);
    run.addServer({ id: 'home/1', power: 'offline', node: 'Node 2' });
    run.tell({ state: { kind: 'ready' } });
    await run.recall();
    expect([...run.memory.byId.values()].map(({ endedAt }) => endedAt)).toEqual([run.clock.wall()]);
  });

  it('is not logged twice if this run sees it as well', async () => {
    const outage = lasting({ kind: 'panel-unreachable', isFromStart: false }, { serverId: null });
    const run = aRun([outage]);
    const problem = { code: 'panel-unreachable', message: verbatim('x'), next: verbatim('y') } as const;
    run.tell({ state: { kind: 'failed', problem, retryAt: 0 } });
    await run.recall();
    await run.clock.advance(600_000);
    expect(run.log.recent).toEqual([outage]);
  });

  it('ends without an alert', async () => {
    const { store, clock, addServer, patch, tell } = anEventsRig();
    const memory = new RememberedEvents();
    memory.put(lasting(crash, { at: clock.wall() - 3_600_000 }));
    const told: unknown[] = [];
    const telling = aNotifier({ store, clock, memory, onAlert: (alert) => told.push(alert) });
    telling.start();
    addServer({ id: 'home/1', power: 'offline' });
    tell();
    memory.recalled.emit(undefined);
    await settle();
    patch('home/1', { power: 'running' });
    await clock.advance(5000);
    expect(telling.log.lastingOf('home/1')).toEqual([]);
    expect(told).toEqual([]);
  });
});
