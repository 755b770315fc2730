import { describe, expect, it } from 'vitest';
import { fatesOf } from './crashes.js';
import type { ShownAlert } from '../transcript.js';
import {
  alert,
  broken,
  click,
  crash,
  id,
  second,
  shown,
  transcript,
  trouble,
  type PlantedHistory,
} from './planted.js';

const closed = { mark: 'closed', link: 'none', power: null } as const;
const down = { mark: 'crashed', hasEnded: true } as const;
const rest: PlantedHistory['rest'] = {
  restarts: [{ from: 200 * second, to: 220 * second }],
  alerts: [alert(101)],
};

describe('servers that were down before a restart of Perch are down after it', () => {
  const rule = 'what was down before a restart of Perch is down after it';
  const course = (
    last: Partial<ReturnType<typeof shown>>,
    truth: PlantedHistory['truth'] = [],
  ): PlantedHistory => ({
    truth: [[100, 'offline'], ...truth],
    ends: [crash(100)],
    shown: [
      shown(1, 'running'),
      shown(101, 'offline', down),
      shown(200, 'offline', closed),
      shown(221, 'offline', { mark: 'unread', power: null }),
      shown(222, 'offline', last),
    ],
    rest,
  });

  it('accepts a server that is still down, also if the log shows it a moment later', () => {
    expect(broken(course(down))).toEqual([]);
    const late = course({});
    late.shown?.push(shown(222.5, 'offline', down));
    expect(broken(late)).toEqual([]);
  });

  it('finds a forgotten crash', () => {
    expect(broken(course({}))).toEqual([rule]);
  });

  it('accepts a server that has run meanwhile', () => {
    const ran = course({}, [
      [205, 'starting'],
      [206, 'running'],
      [210, 'stopping'],
      [211, 'offline'],
    ]);
    expect(broken(ran)).toEqual([]);
  });
});

describe('no verb to a server whose state was unknown', () => {
  const rule = 'no verb to a server whose state was unknown';

  it.each([
    ['an unknown one', 'restart', null],
    ['one that is off', 'restart', 'offline'],
    ['one that is off', 'stop', 'offline'],
    ['one that runs', 'start', 'running'],
  ] as const)('finds a signal to a server that was %s: %s', (_name, what, power) => {
    expect(broken({ rest: { clicks: [click(what, { isBulk: true, power })] } })).toEqual([rule]);
  });

  it("accepts a fitting signal, and the user's signal to a single server", () => {
    const clicks = [click('restart', { isBulk: true }), click('restart', { power: null })];
    expect(broken({ rest: { clicks } })).toEqual([]);
  });
});

describe('the outcome of a crash', () => {
  const fates = (course: PlantedHistory) => fatesOf(transcript(course));
  const many: ShownAlert = {
    at: 90 * second,
    id: 'm',
    kind: 'crashed',
    phase: 'news',
    panel: 'panel',
    node: 'node',
    serverIds: [],
    says: 'alerts.many',
  };

  it('is its alert, or the rule that excuses a missing alert', () => {
    const ends = [crash(100)];
    expect(fates({ ends, rest: { alerts: [alert(101)] } })).toEqual({ told: 1 });
    expect(fates({ ends })).toEqual({ untold: 1 });
    expect(fates({ ends, rest: { troubles: [trouble(90, 99, 'panel is down')] } })).toEqual({
      'a trouble': 1,
    });
    expect(fates({ ends, rest: { restarts: [{ from: 101 * second, to: 110 * second }] } })).toEqual({
      'Perch is restarted': 1,
    });
    expect(fates({ ends, rest: { alerts: [alert(60)] } })).toEqual({ 'told less than a minute before': 1 });
  });

  it('is not excused by an alert about others that does not count it', () => {
    const ends = [crash(100)];
    expect(fates({ ends, rest: { shownAlerts: [{ ...many, serverIds: ['panel/b'] }] } })).toEqual({
      untold: 1,
    });
    const counted = { ...many, at: 110 * second, serverIds: ['panel/b', id] };
    expect(fates({ ends, rest: { shownAlerts: [counted] } })).toEqual({
      'counted with others of its node': 1,
    });
  });
});
