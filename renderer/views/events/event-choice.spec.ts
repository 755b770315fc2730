import { expect, it } from 'vitest';
import { anEvent } from '../../../tests/support/history-events.js';
import { EventChoice } from './event-choice.svelte.js';

const noon = new Date(2026, 10, 25, 12).getTime();
const dayMs = 24 * 3_600_000;
const events = [
  anEvent({ id: 'a', at: noon, serverId: 'home/1' }),
  anEvent({ id: 'b', at: noon, serverId: 'home/2', server: 'Creative' }),
  anEvent({ id: 'c', at: noon - dayMs, serverId: 'home/1' }),
  anEvent({ id: 'd', at: noon, serverId: 'away/1', accountId: 'away', what: { kind: 'added' } }),
  ...[
    { kind: 'me' as const, bulk: false },
    { kind: 'person' as const, name: 'anna' },
    { kind: 'schedule' as const, name: 'Nightly', by: 'anna' },
  ].map((by, place) =>
    anEvent({
      id: 'efg'.charAt(place),
      at: noon - 9 * dayMs,
      serverId: 'far/1',
      what: { kind: 'restarted', by },
    }),
  ),
];

it.each<[Partial<EventChoice>, string[]]>([
  [{}, ['a', 'b', 'c', 'd', 'e', 'f', 'g']],
  [{ serverId: 'home/1' }, ['a', 'c']],
  [{ serverId: 'home/1', span: 'yesterday' }, ['c']],
  [{ place: 'panel away' }, ['d']],
  [{ place: 'group of two' }, ['b']],
  [{ place: 'group gone' }, []],
  [{ group: 'trouble', search: 'creative' }, ['b']],
  [{ person: 'me' }, ['e']],
  [{ person: 'name anna' }, ['f', 'g']],
  [{ person: 'name me' }, []],
])('%j', (wish, ids) => {
  const choice = Object.assign(new EventChoice(), wish);
  const membersOf = (id: string): string[] => (id === 'of two' ? ['home/2'] : []);
  expect(choice.of(events, choice.filter(membersOf, noon)).map(({ id }) => id)).toEqual(ids);
});

it('the filter narrows to the last twelve hours, and to the time of the absence', () => {
  const found = (span: EventChoice['span'], awaySince: number | null): string[] => {
    const choice = Object.assign(new EventChoice(), { span });
    const filter = choice.filter(() => [], noon + dayMs / 4, awaySince);
    return choice.of(events, filter).map(({ id }) => id);
  };
  expect(found('half-day', null)).toEqual(['a', 'b', 'd']);
  expect(found('away', noon - dayMs)).toEqual(['a', 'b', 'c', 'd']);
  expect(found('away', noon + 1)).toEqual([]);
  expect(found('away', null)).toHaveLength(7);
});
