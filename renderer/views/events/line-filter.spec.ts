import { afterEach, expect, it } from 'vitest';
import { speak } from '../../../messages/messages.js';
import { aLinePlace, anEntry } from '../../../tests/support/activity-entries.js';
import '../../../tests/support/every-area.js';
import { anEvent } from '../../../tests/support/history-events.js';
import type { EventFilter } from './event-filter.js';
import { filteredLines, otherTitle, peopleAmong } from './line-filter.js';

const all: EventFilter = { group: 'all', search: '', span: null, place: null, by: null };
const lines = [
  { entry: anEntry({ id: 'rename', at: 5 }), of: aLinePlace() },
  { entry: anEntry({ id: 'stop', at: 4, event: 'server:power.stop' }), of: aLinePlace('away/2', 'Skyblöck') },
  { entry: anEntry({ id: 'crash', at: 3, event: 'server:crashed', by: null }), of: aLinePlace() },
  {
    entry: anEntry({ id: 'backup', at: 2, event: 'server:backup.fail', by: 'bob' }),
    of: {
      ...aLinePlace(),
      places: [...aLinePlace().places, { accountId: 'work', serverId: 'work/1' }] as const,
    },
  },
];

afterEach(() => speak(() => 'en'));

it.each<[Partial<EventFilter>, string | null, string[]]>([
  [{}, null, ['rename', 'stop', 'crash', 'backup']],
  [{ group: 'news' }, null, []],
  [{ group: 'power' }, null, ['stop']],
  [{ group: 'trouble' }, null, ['crash', 'backup']],
  [{ group: 'changes' }, null, ['rename']],
  [{ span: [3, 5] }, null, ['stop', 'crash']],
  [{ by: { kind: 'me' } }, null, []],
  [{ by: { kind: 'name', name: 'anna' } }, null, ['rename', 'stop']],
  [{ place: { accountId: 'away', serverIds: new Set() } }, null, ['stop']],
  [{ place: { accountId: null, serverIds: new Set(['work/1']) } }, null, ['backup']],
  [{}, 'work/1', ['backup']],
  [{}, 'home/1', ['rename', 'crash', 'backup']],
  [{ search: 'SKYBLOCK anna stopped' }, null, ['stop']],
  [{ search: 'panel.example' }, null, ['rename', 'stop', 'crash', 'backup']],
  [{ search: 'nothing of the kind' }, null, []],
])('%j of %s', (filter, serverId, ids) => {
  const found = filteredLines(lines, { ...all, ...filter }, serverId);
  expect(found.map(({ entry }) => entry.id)).toEqual(ids);
});

it('searches in the language of now', () => {
  const found = (search: string) => filteredLines(lines, { ...all, search }, null).length;
  expect(found('stopped the server')).toBe(1);
  speak(() => 'de');
  expect(found('stopped the server')).toBe(0);
  expect(found('gestoppt')).toBe(1);
});

it('names the server in a list of several', () => {
  const [line] = lines;
  if (line === undefined) throw new Error('no line');
  expect(otherTitle(line)).toMatch(/^Survival: .*Hub/);
  expect(otherTitle({ ...line, of: null })).not.toContain('Survival');
});

it('knows the people of events and lines, once and in order', () => {
  const by = (actor: { kind: 'person'; name: string } | { kind: 'schedule'; name: string; by: string }) =>
    anEvent({ what: { kind: 'restarted', by: actor } });
  const events = [
    by({ kind: 'person', name: 'zoe' }),
    by({ kind: 'schedule', name: 'Nightly', by: 'carl' }),
    anEvent(),
  ];
  expect(peopleAmong(events, lines)).toEqual(['anna', 'bob', 'carl', 'zoe']);
});
