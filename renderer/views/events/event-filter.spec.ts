import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../bridge/schema/events.js';
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import { anAccount } from '../../../tests/support/entities.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { byDay, filtered, serversIn, eventSpanOf, type EventFilter } from './event-filter.js';

const me = { kind: 'me', bulk: false } as const;
const stoppedByMe: Happening = { kind: 'stopped', by: me, isKill: false };
const stopped: Happening = { kind: 'stopped', by: { kind: 'person', name: 'anna' }, isKill: false };
const events = [
  anEvent({ id: 'crash' }),
  anEvent({ id: 'mine', what: stoppedByMe }),
  anEvent({ id: 'hers', serverId: 'home/2', server: 'Skyblöck', what: stopped }),
  anEvent({ id: 'new', serverId: 'away/1', accountId: 'away', panel: 'Away', what: { kind: 'added' } }),
  anEvent({ id: 'node', serverId: null, what: { kind: 'node-unreachable', node: 'Node 1', servers: 4 } }),
];

describe('Filtered events', () => {
  it.each<[Partial<EventFilter>, string[]]>([
    [{}, ['crash', 'mine', 'hers', 'new', 'node']],
    [{ group: 'news' }, ['crash', 'hers', 'new', 'node']],
    [{ group: 'trouble' }, ['crash', 'node']],
    [{ group: 'power' }, ['mine', 'hers']],
    [{ group: 'changes' }, ['new']],
    [{ search: 'SKYBLOCK anna' }, ['hers']],
    [{ search: 'exit code 1' }, ['crash']],
    [{ search: 'away' }, ['new']],
    [{ search: 'nothing of the kind' }, []],
    [{ place: { accountId: 'home', serverIds: new Set() } }, ['crash', 'mine', 'hers', 'node']],
    [{ place: { accountId: null, serverIds: new Set(['home/2', 'away/1']) } }, ['hers', 'new']],
  ])('%j', (filter, ids) => {
    const found = filtered(events, {
      group: 'all',
      search: '',
      span: null,
      place: null,
      by: null,
      ...filter,
    });
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});

describe('Days that are chosen', () => {
  const wall = new Date(2026, 2, 30, 10).getTime();
  const day = (date: number): number => new Date(2026, 2, date).getTime();
  it.each([
    ['always', null],
    ['today', [day(30), Infinity]],
    // The day of the change to summer time has 23 hours.
    ['yesterday', [day(29), day(30)]],
    ['week', [day(24), Infinity]],
  ] as const)('%s', (span, expected) => {
    expect(eventSpanOf(span, wall)).toEqual(expected);
  });

  it("begin and end in the user's time zone", () => {
    const at = [day(30), day(30) - 1, day(29), day(29) - 1];
    const found = filtered(
      at.map((time) => anEvent({ at: time })),
      { group: 'all', search: '', place: null, by: null, span: eventSpanOf('yesterday', wall) },
    );
    expect(found.map((event) => event.at)).toEqual([day(30) - 1, day(29)]);
  });
});

describe('Servers to choose from', () => {
  it('are those of the events, once, with their newest name', () => {
    const found = serversIn([
      anEvent({ serverId: 'home/2', server: 'Zoo' }),
      anEvent({ serverId: 'home/2', server: 'Old name' }),
      anEvent({ serverId: null, server: null }),
      anEvent({ serverId: 'home/1', server: 'Arena' }),
    ]);
    expect(found).toEqual([
      { id: 'home/1', name: 'Arena' },
      { id: 'home/2', name: 'Zoo' },
    ]);
  });

  it('are also those of the fleet, once although two accounts see them, and lost ones', () => {
    const listing = (id: string, name: string) => ({ id, accountId: id.slice(0, 4), name });
    const found = serversIn(
      [
        anEvent({ serverId: 'work/1', accountId: 'work', server: 'Old name' }),
        anEvent({ serverId: 'home/9', server: 'Lost' }),
      ],
      [listing('home/1', 'Arena'), listing('work/1', 'Arena'), listing('home/2', 'Zoo')],
      [anAccount(), anAccount({ id: 'work' })],
    );
    expect(found).toEqual([
      { id: 'home/1', name: 'Arena' },
      { id: 'home/9', name: 'Lost' },
      { id: 'home/2', name: 'Zoo' },
    ]);
  });
});

describe('Days', () => {
  it('stand above their events, once', () => {
    const at = (day: number, hour: number): number => new Date(2026, 2, day, hour).getTime();
    const items = byDay(
      [
        anEvent({ at: at(2, 9) }),
        anEvent({ at: at(2, 1) }),
        anEvent({ at: at(1, 23) }),
        anEvent({ at: new Date(2026, 1, 28, 23).getTime() }),
      ],
      at(2, 10),
    );
    const labels = items.map((item) => (item.kind === 'day' ? item.label : item.kind));
    expect(labels).toEqual(['Today', 'event', 'event', 'Yesterday', 'event', 'Feb 28, 2026', 'event']);
  });

  it('stand above acts of others as well, in the order of time', () => {
    const at = (day: number, hour: number): number => new Date(2026, 2, day, hour).getTime();
    const entry = (id: string, time: number): ActivityEntry => ({
      id,
      at: time,
      event: 'server:power.stop',
      by: 'anna',
      isApi: false,
      ip: null,
      properties: {},
    });
    const others = [
      entry('a', at(2, 9)),
      entry('b', at(2, 5)),
      entry('c', at(1, 4)),
      entry('d', at(1, 3)),
    ].map((one) => ({ entry: one, of: null }));
    const items = byDay(
      [anEvent({ id: 'e', at: at(2, 6) }), anEvent({ id: 'f', at: at(2, 1) })],
      at(2, 10),
      others,
    );
    const keys = items.map((item) => (item.kind === 'day' ? item.label : item.key));
    expect(keys).toEqual(['Today', 'other a', 'e', 'other b', 'f', 'Yesterday', 'other c', 'other d']);
    expect(byDay([], at(2, 10), others)).toHaveLength(6);
  });
});
