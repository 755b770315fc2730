import { describe, expect, it } from 'vitest';
import { newsKind } from '../../bridge/events/event-news.js';
import { eventHow, eventTitle } from '../../bridge/events/event-words.js';
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import { spoken } from '../../messages/messages.js';
import { anEventsRig } from '../../tests/support/events-rig.js';
import type { ScheduleTrouble } from '../base/server-fact.js';

const overdue: ScheduleTrouble = { id: 1, name: 'Nightly', why: 'overdue' };
const stuck: ScheduleTrouble = { id: 2, name: 'Backup', why: 'stuck' };

function rig() {
  const all = anEventsRig();
  const [one, two, three] = [all.addServer(), all.addServer(), all.addServer()];
  all.tell();
  const judge = (serverId: string, ...troubles: ScheduleTrouble[]): void =>
    all.facts.emit({ serverId, fact: { kind: 'schedules', troubles } });
  const written = () => all.log.recent.filter(({ what }) => what.kind === 'schedule-stuck');
  return { ...all, one, two, three, judge, written };
}

describe('schedules that do not run as they should', () => {
  it('are one event until the panel shows them well', async () => {
    const { clock, one, judge, written } = rig();
    judge(one);
    expect(written()).toEqual([]);
    judge(one, overdue);
    judge(one, overdue);
    expect(written()).toMatchObject([
      { serverId: one, endedAt: null, what: { why: 'overdue', schedule: 'Nightly', servers: 1 } },
    ]);
    await clock.advance(60_000);
    judge(one);
    expect(written()).toMatchObject([{ endedAt: clock.wall() }]);
  });

  it('of several servers are one event, which ends with the last of them', () => {
    const { one, two, three, judge, written } = rig();
    judge(one, overdue);
    judge(two, overdue);
    judge(three, overdue);
    expect(written()).toHaveLength(1);
    expect(written()).toMatchObject([{ endedAt: null, what: { servers: 3 } }]);
    expect(written().flatMap(eventPlacesOf)).toHaveLength(3);
    judge(one);
    judge(three);
    expect(written()).toMatchObject([{ endedAt: null, what: { servers: 1 } }]);
    judge(two);
    expect(written()[0]?.endedAt).not.toBeNull();
  });

  it('are an event of its own for each kind of trouble', () => {
    const { one, judge, written } = rig();
    judge(one, overdue, stuck);
    expect(written()).toMatchObject([{ what: { why: 'stuck' } }, { what: { why: 'overdue' } }]);
    judge(one, stuck);
    expect(written().map(({ endedAt }) => endedAt === null)).toEqual([true, false]);
  });

  it('go with a server that is removed', () => {
    const { store, one, two, judge, written } = rig();
    judge(one, overdue);
    judge(two, overdue);
    store.apply([{ kind: 'server-removed', serverId: one }]);
    expect(written()).toMatchObject([{ endedAt: null }]);
    store.apply([{ kind: 'server-removed', serverId: two }]);
    expect(written()[0]?.endedAt).not.toBeNull();
  });

  it('of an earlier run do not end before each of its servers is judged again', () => {
    const { log, one, two, three, judge, written } = rig();
    const ofEarlier = { accountId: 'home', serverId: one, also: [{ accountId: 'home', serverId: two }] };
    const what = { kind: 'schedule-stuck', why: 'overdue', schedule: 'Nightly', servers: 2 } as const;
    log.recall([{ ...ofEarlier, id: '0', at: 0, endedAt: null, panel: 'Home', server: 'One', what }]);
    judge(three, overdue);
    judge(three);
    judge(one);
    expect(written()).toMatchObject([{ id: '0', endedAt: null }]);
    judge(two);
    expect(written()).toHaveLength(1);
    expect(written()[0]?.endedAt).not.toBeNull();
  });

  it('are news, with the name of a schedule and the next step', () => {
    const { one, judge, written } = rig();
    judge(one, { ...stuck, name: `Back\u202Eup\n${'x'.repeat(300)}` });
    const [event] = written();
    if (event === undefined) throw new Error('No event was written.');
    expect(newsKind(event)).toBe('schedule-stuck');
    expect(spoken(eventTitle(event))).toBe(`A schedule of ${event.server ?? ''} does not end`);
    expect(spoken(eventHow(event))).toMatch(
      /^“Back.{1,90}” should have ended by now\. Switch it off and on/u,
    );
  });
});
