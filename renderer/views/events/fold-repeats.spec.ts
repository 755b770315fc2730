/** Folding of lines that say the same. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActivityLine } from '../../../bridge/events/merge-fleet-activity.js';
import { learnArea } from '../../../messages/messages.js';
import { anEvent } from '../../../tests/support/history-events.js';
import { byDay } from './event-filter.js';
import { foldRepeats } from './fold-repeats.js';

const minute = 60_000;
const noon = new Date(2026, 2, 2, 12).getTime();
const crash = { kind: 'crashed', exitCode: 1, outOfMemory: false, aftermath: 'up' } as const;
type Fields = Parameters<typeof anEvent>[0];

/** Events one minute apart, newest first, `a` being the newest. */
const events = (...all: Fields[]) =>
  all.map((fields, step) =>
    anEvent({ id: 'abcdef'.charAt(step), at: noon - step * minute, what: crash, ...fields }),
  );
const line = (id: string, step: number, by = 'anna'): ActivityLine => ({
  entry: {
    id,
    at: noon - step * minute,
    event: 'server:console.command',
    by,
    isApi: false,
    ip: null,
    properties: { command: 'list' },
  },
  of: null,
});

const folded = (all: ReturnType<typeof events>, open: string[] = [], others: ActivityLine[] = []) =>
  foldRepeats(byDay(all, noon, others), new Set(open))
    .filter(({ kind }) => kind !== 'day')
    .map((item) => (item.kind === 'repeats' ? `+${item.keys.length}` : item.key));

beforeAll(() => learnArea('activity'));

describe('lines that say the same', () => {
  it('become the newest line and a count, from three on', () => {
    expect(folded(events({}, {}))).toEqual(['a', 'b']);
    expect(folded(events({}, {}, {}, {}))).toEqual(['a', '+3']);
  });

  it('follow their count once unfolded, also after a newer line', () => {
    expect(folded(events({}, {}, {}), ['b'])).toEqual(['a', '+2', 'b', 'c']);
    expect(folded(events({}, {}, {}), ['c'])).toEqual(['a', '+2', 'b', 'c']);
  });

  it('show the time of the oldest', () => {
    const [, , repeats] = foldRepeats(byDay(events({}, {}, {}), noon), new Set());
    expect(repeats).toMatchObject({ kind: 'repeats', since: noon - 2 * minute, isOpen: false });
  });

  it.each<[string, Fields]>([
    ['of another server', { serverId: 'home/other' }],
    ['of another sentence', { what: { ...crash, aftermath: 'stays-down' } }],
    ['that lasts', { endedAt: null }],
    ['of another day', { at: noon - 24 * 60 * minute }],
  ])('do not hide a line %s', (_what, fields) => {
    expect(folded(events({}, {}, {}, fields))).toEqual(['a', '+2', 'd']);
    expect(folded(events({}, {}, fields))).toEqual(['a', 'b', 'c']);
  });

  it('fold for actions of one person, and not of two', () => {
    const others = [line('1', 0), line('2', 1), line('3', 2), line('4', 3, 'ben')];
    expect(folded([], [], others)).toEqual(['other 1', '+2', 'other 4']);
  });
});
