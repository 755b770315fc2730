import { describe, expect, it } from 'vitest';
import type { Happening } from '../../bridge/schema/events.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { anEvent } from '../../tests/support/history-events.js';
import { EventLog, mostEventsKept, sortedIds, type EventChange } from './event-log.js';

const what: Happening = { kind: 'key-refused' };

function aLog() {
  const clock = new FakeClock();
  const log = new EventLog(clock, sortedIds('test'));
  const add = (lasts = false, serverId: string | null = 'home/1') =>
    log.add({ at: clock.now(), lasts, accountId: 'home', serverId, panel: '', server: '', what });
  return { clock, log, add };
}

describe('the event log', () => {
  it('keeps the newest thousand events, and each that still lasts', () => {
    const { log, add } = aLog();
    const [lasting, brief] = [add(true), add()];
    for (let count = 0; count < mostEventsKept; count++) add(false, 'home/2');
    expect(log.recent).toHaveLength(mostEventsKept);
    expect([log.find(lasting.id)?.id, log.find(brief.id)]).toEqual([lasting.id, undefined]);
    const other = add(true);
    for (let count = 0; count < mostEventsKept; count++) add(false, 'home/2');
    expect(log.find(other.id)?.id).toBe(other.id);
    log.end(other.id, 0);
    expect(log.find(other.id)).toBeUndefined();
  });

  it('puts the events of earlier runs before its own, as far as there is room', () => {
    const { log, add } = aLog();
    const own = add();
    log.recall([anEvent({ id: 'a' }), anEvent({ id: 'b' })]);
    expect(log.recent.map(({ id }) => id)).toEqual(['a', 'b', own.id]);
    log.recall(Array.from({ length: mostEventsKept }, (_, at) => anEvent({ id: `old${at}` })));
    expect(log.recent).toHaveLength(mostEventsKept);
    expect(log.recent.at(-1)?.id).toBe(own.id);
  });

  it('measures an event by monotonic time, however the wall clock is set meanwhile', () => {
    const { clock, log, add } = aLog();
    const event = add(true);
    clock.jump(86_400_000);
    clock.sleep(1000);
    log.end(event.id, clock.now());
    expect(log.find(event.id)?.endedAt).toBe(event.at + 1000);
    expect(log.lastingOf('home/1')).toEqual([]);
    const earlier = anEvent({ id: 'a', endedAt: null });
    log.recall([earlier]);
    log.end('a', clock.now());
    expect(log.find('a')?.endedAt).toBe(clock.wall());
  });

  it('changes and ends no event that it does not have', () => {
    const { log } = aLog();
    const changes: EventChange[] = [];
    log.listen((change) => changes.push(change));
    log.amend('nothing', what);
    log.end('nothing', 0);
    expect([changes, log.recent]).toEqual([[], []]);
  });

  it('gives ids that sort by time, then by order', () => {
    const newId = sortedIds('run');
    const ids = [newId(1000), newId(1000), newId(1001)];
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^[0-9a-z]{9}-0001-run$/);
  });
});
