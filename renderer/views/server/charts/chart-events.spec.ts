import { describe, expect, it } from 'vitest';
import type { HistoryEvent } from '../../../../bridge/schema/events.js';
import { anEvent } from '../../../../tests/support/history-events.js';
import { chartEventsOf, groupWords, worstEventOf } from './chart-events.js';
import { grouped } from './event-groups.js';

const server = { id: 'home/1', accountId: 'home', node: 'n1' };
const noon = new Date(2026, 10, 24, 12, 0, 0).getTime();
const started: HistoryEvent['what'] = { kind: 'started', by: { kind: 'me', bulk: false }, upAt: null };
const nodeDown = (node: string): HistoryEvent['what'] => ({ kind: 'node-unreachable', node, servers: 3 });
const span = { from: 0, until: 100 };

describe('eventsOf', () => {
  it('has the events of the server, its node and its panel, oldest first, in monotonic time', () => {
    const all = [
      anEvent({ at: 900, what: started }),
      anEvent({ at: 800, serverId: 'home/2' }),
      anEvent({ at: 700, serverId: null, what: nodeDown('n1') }),
      anEvent({ at: 600, serverId: null, what: nodeDown('n2') }),
      anEvent({ at: 550, serverId: null, accountId: 'work', what: nodeDown('n1') }),
      anEvent({ at: 500, serverId: null, what: { kind: 'panel-unreachable', isFromStart: false } }),
      anEvent({ at: 400 }),
    ];
    const found = chartEventsOf(all, server, 100);
    expect(found.map(({ at, event }) => [at, event.what.kind])).toEqual([
      [300, 'crashed'],
      [400, 'panel-unreachable'],
      [600, 'node-unreachable'],
      [800, 'started'],
    ]);
    expect(found.map(({ isTrouble }) => isTrouble)).toEqual([true, false, false, false]);
  });
});

describe('a mark', () => {
  const at = (...times: number[]) =>
    chartEventsOf(
      times.map((time) => anEvent({ at: time })),
      server,
      0,
    );

  it('shows the worst event', () => {
    const [group] = grouped(
      chartEventsOf([anEvent({ at: 10 }), anEvent({ at: 11, what: started })], server, 0),
      span,
      0.05,
    );
    expect(group && worstEventOf(group)?.what.kind).toBe('crashed');
  });

  it('names event and time, and the first of many', () => {
    const [group] = grouped(at(10), span, 0.05);
    expect(group && groupWords({ ...group, events: at(noon) }, noon)).toBe('Survival crashed, 12:00:00');
    const many = { key: '', share: 0, at: 0, events: at(...[0, 1, 2, 3, 4, 5].map((s) => noon + s * 1000)) };
    expect(groupWords(many, noon)).toMatch(/12:00:03, and 2 more$/);
    expect(groupWords({ ...many, events: at(noon) }, noon + 86_400_000)).toContain('Nov 24, 2026');
  });
});
