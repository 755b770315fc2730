import { describe, expect, it } from 'vitest';
import type { AlertRule } from '../schema/alerts.js';
import { alertKinds } from './alert-kinds.js';
import {
  isQuiet,
  isServerSilenced,
  isSilenced,
  isSwitchedOn,
  minuteOfDay,
  rulesOf,
  type AlertPlace,
} from './alert-settings.js';

const place: AlertPlace = { serverId: 'home/1', groupIds: ['g1', 'g2'], accountId: 'home' };
const rule = (kind: AlertRule['scope']['kind'], id: string, fields: Partial<AlertRule> = {}): AlertRule => ({
  scope: { kind, id },
  switches: {},
  isMuted: false,
  snoozedUntil: null,
  ...fields,
});
const on = { switches: { cpu: true } };
const off = { switches: { cpu: false } };

describe('the rules of a place', () => {
  it('are those of the server, then of its groups, then of its panel', () => {
    const [panel, second, first, server] = [
      rule('panel', 'home'),
      rule('group', 'g2'),
      rule('group', 'g1'),
      rule('server', 'home/1'),
    ];
    const others = [
      rule('server', 'home/2'),
      rule('group', 'g3'),
      rule('panel', 'work'),
      rule('panel', 'g1'),
    ];
    expect(rulesOf({ rules: [...others, panel, second, first, server] }, place)).toEqual([
      server,
      second,
      first,
      panel,
    ]);
  });
});

describe('a kind of alert', () => {
  const cpu = (rules: AlertRule[], switches = {}): boolean => isSwitchedOn({ rules, switches }, 'cpu', place);

  it('is on by default if it needs the user', () => {
    const kinds = alertKinds.filter((kind) => isSwitchedOn({ rules: [], switches: {} }, kind, place));
    expect(kinds).toEqual([
      ...['stays-down', 'crashed', 'stopped', 'slow-start', 'outage', 'access', 'disk'],
      'backup-failed',
      'backup-overdue',
      'schedule-stuck',
      'game-silent',
      'player-joined',
      ...['when-empty', 'rule-trouble', 'rule-told'],
    ]);
  });

  it('is as the setting for all servers says, unless a rule of the place says otherwise', () => {
    expect([cpu([], on.switches), cpu([])]).toEqual([true, false]);
    expect(isSwitchedOn({ rules: [], switches: { crashed: false } }, 'crashed', place)).toBe(false);
    expect(cpu([rule('panel', 'home', off)], on.switches)).toBe(false);
    expect(cpu([rule('panel', 'work', on)])).toBe(false);
    expect(cpu([rule('server', 'home/1', { switches: { memory: false } }), rule('panel', 'home', on)])).toBe(
      true,
    );
  });

  it('is as the narrowest rule says, and on if one of several groups says so', () => {
    expect(cpu([rule('panel', 'home', on), rule('server', 'home/1', off)])).toBe(false);
    expect(cpu([rule('panel', 'home', on), rule('group', 'g1', off)])).toBe(false);
    expect(cpu([rule('group', 'g1', off), rule('group', 'g2', on)])).toBe(true);
  });
});

describe('silence', () => {
  it.each<[Partial<AlertRule>, boolean]>([
    [{}, false],
    [{ isMuted: true }, true],
    [{ snoozedUntil: 'back' }, true],
    [{ snoozedUntil: 101 }, true],
    [{ snoozedUntil: 100 }, false],
  ])('%j: %s', (fields, isSo) => {
    for (const scope of [
      rule('server', 'home/1', fields),
      rule('group', 'g2', fields),
      rule('panel', 'home', fields),
    ])
      expect(isSilenced({ rules: [rule('panel', 'home'), scope] }, place, 100)).toBe(isSo);
    const rules = [rule('server', 'home/2'), rule('server', 'home/1', fields)];
    expect(isServerSilenced({ rules }, 'home/1', 100)).toBe(isSo);
  });

  it('of the server itself is no silence of its groups, its panel or another server', () => {
    const muted = { isMuted: true };
    const rules = [
      rule('server', 'home/2', muted),
      rule('group', 'home/1', muted),
      rule('panel', 'home', muted),
    ];
    expect(isServerSilenced({ rules }, 'home/1', 100)).toBe(false);
    expect(isServerSilenced({ rules }, null, 100)).toBe(false);
  });
});

describe('quiet hours', () => {
  const quiet = (quietHours: { from: number; to: number } | null, ...minutes: number[]): boolean[] =>
    minutes.map((minute) => isQuiet({ quietHours }, minute));

  it('have their first minute and not their last, also over midnight', () => {
    expect(quiet({ from: 60, to: 120 }, 59, 60, 119, 120)).toEqual([false, true, true, false]);
    expect(quiet({ from: 1380, to: 60 }, 1379, 1380, 59, 60)).toEqual([false, true, true, false]);
    expect(quiet({ from: 60, to: 60 }, 59, 60)).toEqual([true, true]);
    expect(quiet(null, 0, 720)).toEqual([false, false]);
  });

  it('are compared with the local time', () => {
    expect(minuteOfDay(new Date(2026, 10, 29, 7, 5, 59).getTime())).toBe(425);
  });
});
