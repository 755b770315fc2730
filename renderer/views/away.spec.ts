import { describe, expect, it } from 'vitest';
import type { Happening } from '../../bridge/schema/events.js';
import { anEvent } from '../../tests/support/history-events.js';
import { awayLine, newsOf } from './away.js';

const outage: Happening = { kind: 'panel-unreachable', isFromStart: false };
const mine: Happening = { kind: 'stopped', by: { kind: 'me', bulk: false }, isKill: false };
const wentOffline = (from: number): Happening => ({ kind: 'went-offline', from });

describe('Events during the user’s absence', () => {
  const events = [
    anEvent({ id: 'found later', at: 90, what: wentOffline(60) }),
    anEvent({ id: 'later', at: 85 }),
    anEvent({ id: 'mine', at: 75, what: mine }),
    anEvent({ id: 'outage', at: 70, what: outage }),
    anEvent({ id: 'crash', at: 60 }),
    anEvent({ id: 'before', at: 40 }),
  ];
  it.each([
    [{ from: 50, to: 80 }, 0, ['found later', 'outage', 'crash']],
    [{ from: 0, to: 80 }, 0, ['found later', 'outage', 'crash', 'before']],
    [{ from: 50, to: 80 }, 65, ['found later', 'outage']],
    [{ from: 0, to: 80 }, 90, []],
    [null, 0, []],
  ])('%j, seen until %i', (absence, seenAt, ids) => {
    expect(newsOf(events, absence, seenAt).map(({ id }) => id)).toEqual(ids);
  });
});

describe('The line that says it', () => {
  const crash = anEvent();
  const away = anEvent({ what: outage });
  const added = anEvent({ what: { kind: 'added' } });
  it.each([
    [[crash, away, crash], 'While you were away: 2 crashes, 1 outage'],
    [[crash, anEvent({ what: wentOffline(60) })], 'While you were away: 1 crash, 1 unexplained stop'],
    [[added, crash], 'While you were away: 1 crash, 1 other event'],
    [[added, added], 'While you were away: 2 events'],
  ])('%#', (news, line) => {
    expect(awayLine(news)).toBe(line);
  });
});
