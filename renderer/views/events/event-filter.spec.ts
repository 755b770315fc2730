import { describe, expect, it } from 'vitest';
import type { Happening } from '../../../bridge/events.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { byDay, filtered, type EventFilter } from './event-filter.js';

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

describe('Events that are looked for', () => {
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
    const found = filtered(events, { group: 'all', search: '', place: null, ...filter });
    expect(found.map(({ id }) => id)).toEqual(ids);
  });
});

describe('Days', () => {
  it('stand above what happened on them, once', () => {
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
});
