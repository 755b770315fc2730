import { describe, expect, it } from 'vitest';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { anEvent } from '../../tests/support/history-events.js';
import type { PanelActivity } from '../fleet/api.js';
import { isCausable, type CausableHappening } from '../../bridge/events/power-causes.js';
import { activityBehind, wantsName } from './activity-cause.js';

const at = 1_700_000_000_000;
const someone = { kind: 'unknown' } as const;
const stopped: CausableHappening = { kind: 'stopped', by: someone, isKill: false };
const started: CausableHappening = { kind: 'started', by: someone, upAt: null };
const restarted: CausableHappening = { kind: 'restarted', by: someone };

const power = (signal: PowerSignal, ms: number, by = 'anna'): PanelActivity => ({ at: at + ms, signal, by });
const schedule = (ms: number): PanelActivity => ({ at: at + ms, schedule: 'Nightly', by: null });

function behind(
  what: CausableHappening,
  activity: readonly PanelActivity[],
  since = -Infinity,
): PanelActivity | null {
  return activityBehind({ ...anEvent({ at }), what }, activity, since);
}

describe('possible acts of a person', () => {
  it('covers a stop, a start, a restart and an unobserved end', () => {
    for (const what of [stopped, started, restarted, { kind: 'went-offline', from: 0 } as const])
      expect(isCausable(what)).toBe(true);
    expect(isCausable({ kind: 'suspended' })).toBe(false);
  });
});

describe('whose name is missing', () => {
  it.each<[string, CausableHappening, boolean]>([
    ['nobody is known', stopped, true],
    ['nobody was asked for', { kind: 'went-offline', from: at }, true],
    [
      'a schedule is known, and a person may be behind it',
      { ...stopped, by: { kind: 'schedule', name: 'Nightly', by: null } },
      true,
    ],
    ['the panel names nobody', { ...stopped, by: { kind: 'unknown', isUnnamed: true } }, false],
    ['a person is known', { ...stopped, by: { kind: 'person', name: 'anna' } }, false],
    ['it was the user', { ...stopped, by: { kind: 'me', bulk: false } }, false],
    ['ten minutes were not seen', { kind: 'went-offline', from: at - 600_000 }, true],
    ['more than ten minutes were not seen', { kind: 'went-offline', from: at - 600_001 }, false],
  ])('is looked for or not if %s (case %#)', (_case, what, isMissing) => {
    expect(wantsName(anEvent({ at, what }))).toBe(isMissing);
  });

  it('is not looked for in events of a panel, or in events that no person can cause', () => {
    expect(wantsName(anEvent({ at, what: stopped, serverId: null }))).toBe(false);
    expect(wantsName(anEvent({ at, what: { kind: 'suspended' } }))).toBe(false);
  });
});

describe('the signal behind an event', () => {
  it.each<[CausableHappening, readonly PowerSignal[]]>([
    [stopped, ['stop', 'kill', 'restart']],
    [started, ['start', 'restart']],
    [restarted, ['start', 'stop', 'kill', 'restart']],
    [{ kind: 'went-offline', from: at }, ['stop', 'kill', 'restart']],
  ])('of %o may be each of %o', (what, fitting) => {
    for (const signal of ['start', 'stop', 'kill', 'restart'] as const) {
      const found = behind(what, [power(signal, 0)]);
      expect(found).toEqual(fitting.includes(signal) ? power(signal, 0) : null);
    }
  });

  it('was sent at most three minutes before the event', () => {
    expect(behind(stopped, [power('stop', -180_000)])).not.toBeNull();
    expect(behind(stopped, [power('stop', -180_001)])).toBeNull();
  });

  it('was sent at most three minutes before the unobserved time', () => {
    const what: CausableHappening = { kind: 'went-offline', from: at - 60_000 };
    expect(behind(what, [power('stop', -240_000)])).not.toBeNull();
    expect(behind(what, [power('stop', -240_001)])).toBeNull();
    expect(behind({ ...restarted, from: at - 60_000 }, [power('stop', -240_000)])).not.toBeNull();
  });

  it('was sent after the previous event, because an earlier signal has had its effect', () => {
    expect(behind(stopped, [power('stop', -50_000)], at - 50_000)).not.toBeNull();
    expect(behind(stopped, [power('stop', -50_000)], at - 49_999)).toBeNull();
  });

  it.each<[CausableHappening, PowerSignal, number]>([
    [stopped, 'stop', 10_000],
    [stopped, 'kill', 10_000],
    [restarted, 'stop', 10_000],
    [stopped, 'restart', 90_000],
    [started, 'start', 90_000],
    [restarted, 'start', 90_000],
    [restarted, 'restart', 90_000],
  ])('of %o may be listed after the event: %s, up to %d ms', (what, signal, ms) => {
    expect(behind(what, [power(signal, ms)])).not.toBeNull();
    expect(behind(what, [power(signal, ms + 1)])).toBeNull();
  });

  it('behind a restart is no start from before the restart', () => {
    expect(behind(restarted, [power('start', -10_000)])).not.toBeNull();
    expect(behind(restarted, [power('start', -10_001)])).toBeNull();
    expect(behind(started, [power('start', -10_001)])).not.toBeNull();
    expect(behind(restarted, [power('stop', -10_001)])).not.toBeNull();
  });

  it('is the signal nearest in time, before or after the event', () => {
    const near = power('stop', 3000, 'ben');
    expect(behind(stopped, [power('stop', -5000), near, power('kill', 4000)])).toEqual(near);
    expect(behind(stopped, [near, power('stop', -2000)])).toEqual(power('stop', -2000));
  });
});

describe('the schedule behind an event', () => {
  it('is the cause if no signal fits', () => {
    expect(behind(stopped, [schedule(0), power('stop', -100_000)])).toEqual(power('stop', -100_000));
    expect(behind(stopped, [schedule(-5000), power('start', 0)])).toEqual(schedule(-5000));
    expect(behind(stopped, [])).toBeNull();
  });

  it('ran in the minute before the event, or is listed at most ten seconds after the event', () => {
    expect(behind(stopped, [schedule(-60_000)])).not.toBeNull();
    expect(behind(stopped, [schedule(-60_001)])).toBeNull();
    expect(behind(stopped, [schedule(10_000)])).not.toBeNull();
    expect(behind(stopped, [schedule(10_001)])).toBeNull();
    expect(behind(stopped, [schedule(-5000)], at - 4999)).toBeNull();
    expect(behind({ kind: 'went-offline', from: at - 60_000 }, [schedule(-120_000)])).not.toBeNull();
  });
});
