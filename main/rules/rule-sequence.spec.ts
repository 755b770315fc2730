import { describe, expect, it } from 'vitest';
import type { Rule } from '../../bridge/schema/rules.js';
import { aCause, aMoment, aRule, aRuleServer } from '../../tests/support/rule-examples.js';
import { RuleRig } from '../../tests/support/rule-rig.js';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { declined, dryRun } from './rule-lanes.js';
import { noting } from './rule-sequence.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const wall = Date.parse('2026-11-30T10:00:00Z');
/** Two orders with five minutes in between. */
const steps: Rule['steps'] = [
  { kind: 'warn', on: null, text: 'Restart' },
  { kind: 'delay', ms: 5 * minute },
  { kind: 'power', on: null, signal: 'restart' },
];
const aRunMoment = { ...aMoment(), wall, calendar: calendarIn('Europe/Berlin') };
const rigOf = (fields: Partial<Rule> = {}) => new RuleRig(aRule({ steps, ...fields }), { wall });
const ends = (rig: RuleRig) =>
  [...rig.records.values()].map(({ cause, end }) => `${cause.key} ${end}`).sort();
const kinds = (rig: RuleRig) => rig.sent.map(({ act }) => act.kind);

describe('a cause during a run', () => {
  it.each<[Rule['mode'], string[], string[]]>([
    ['single', ['event:0 done', 'event:1 busy', 'event:2 busy'], ['warn', 'power']],
    ['restart', ['event:0 replaced', 'event:1 replaced', 'event:2 done'], ['warn', 'warn', 'warn', 'power']],
    [
      'queue',
      ['event:0 done', 'event:1 done', 'event:2 done'],
      ['warn', 'power', 'warn', 'power', 'warn', 'power'],
    ],
  ])('of mode %s', (mode, ended, sent) => {
    const rig = rigOf({ mode });
    rig.cause();
    rig.advance(minute);
    rig.cause();
    rig.advance(minute);
    rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toEqual(ended);
    expect(kinds(rig)).toEqual(sent);
  });

  it('waits for the answer to the order under way before it takes the place of a run', () => {
    const rig = rigOf({ mode: 'restart' });
    rig.faults.set('warn', 'lose');
    rig.cause();
    rig.advance(100);
    rig.cause();
    rig.cause();
    rig.faults.clear();
    rig.advance(2 * minute);
    expect(kinds(rig)).toEqual(['warn']);
    rig.advance(hour);
    expect(ends(rig)).toEqual(['event:0 unsure', 'event:1 replaced', 'event:2 done']);
  });

  it('finds a full queue, or waits too long', () => {
    const rig = rigOf({ mode: 'queue', steps: [{ kind: 'delay', ms: 2 * hour }, ...steps] });
    for (let count = 0; count < 13; count++) rig.cause();
    rig.advance(3 * hour);
    const counts = (end: string) => ends(rig).filter((one) => one.endsWith(end)).length;
    expect([counts('done'), counts('queue-full'), counts('waited-too-long')]).toEqual([1, 2, 10]);
  });
});

describe('a rule', () => {
  it('acts once on a cause, and for each of its servers', () => {
    const rig = new RuleRig(aRule({ steps }), { wall, servers: ['home/1', 'home/2'] });
    rig.cause(undefined, 'event:x');
    rig.advance(hour);
    rig.cause(undefined, 'event:x');
    rig.advance(hour);
    expect(rig.sent.map(({ serverId }) => serverId).sort()).toEqual(['home/1', 'home/1', 'home/2', 'home/2']);
  });

  it('runs at most so often in a time, whatever the wall clock shows', () => {
    const rig = rigOf({ atMost: { times: 2, withinMs: hour } });
    for (let count = 0; count < 3; count++) {
      rig.cause();
      rig.advance(10 * minute);
      rig.jump(24 * hour);
    }
    expect(ends(rig)).toEqual(['event:0 done', 'event:1 done', 'event:2 too-often']);
    rig.advance(hour);
    rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toContain('event:3 done');
  });

  it('has a trace of a cause that a condition stopped, or that nobody could judge', () => {
    const rig = rigOf({ condition: { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 } });
    const [server] = rig.servers.values();
    if (server === undefined) throw new Error('no server');
    server.players = 4;
    rig.advance(minute);
    rig.cause();
    server.isBlind = true;
    rig.advance(5 * minute);
    rig.cause();
    rig.advance(minute);
    expect(ends(rig)).toEqual(['event:0 condition', 'event:1 unknown']);
    const seen = [...rig.records.values()].map((record) => record.seen[0]);
    expect(seen).toMatchObject([
      { value: 4, source: 'query', verdict: false },
      { value: 4, ageMs: 5 * minute, verdict: 'unknown' },
    ]);
    expect([rig.sent, [...rig.reportedRuns]]).toEqual([[], []]);
  });

  it('sends nothing after it was switched off, and still notes the last answer', () => {
    const rig = rigOf({ mode: 'queue' });
    rig.cause();
    rig.cause();
    rig.advance(100);
    rig.switchRule(false);
    rig.cause();
    rig.advance(hour);
    expect(kinds(rig)).toEqual(['warn']);
    expect(ends(rig)).toEqual(['event:0 switched-off', 'event:1 switched-off']);
    expect([...rig.records.values()].find(({ steps: lines }) => lines.length > 0)?.steps).toMatchObject([
      { place: '1', outcome: 'done' },
    ]);
  });

  it('withholds an order if it is switched off, or the computer sleeps, before the disk has the state', () => {
    const off = rigOf();
    off.cause();
    off.switchRule(false);
    off.advance(minute);
    const asleep = rigOf();
    asleep.cause();
    asleep.sleep(hour);
    asleep.advance(minute);
    expect([off.sent, asleep.sent]).toEqual([[], []]);
    const steps = [off, asleep].map((rig) =>
      [...rig.records.values()].map((record) => [record.end, record.steps[0]?.outcome]),
    );
    expect(steps).toEqual([[['switched-off', 'cut']], [['asleep', 'cut']]]);
  });

  it('ends its run when the user changes it, and does nothing until the user agrees', () => {
    const rig = rigOf();
    rig.cause();
    rig.advance(minute);
    rig.fact({ kind: 'rule', rule: { ...rig.settings, agreedAt: null } });
    rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toEqual(['event:0 changed', 'event:1 unagreed']);
    rig.fact({ kind: 'rule', rule: { ...rig.settings, agreedAt: 2 } });
    rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toContain('event:2 done');
  });

  it('keeps running if only its name changes, and ends when the rule is removed', () => {
    const rig = rigOf();
    rig.cause();
    rig.fact({ kind: 'rule', rule: { ...rig.settings, name: 'Other' } });
    rig.advance(minute);
    expect(rig.state.lanes['home/1']?.run).not.toBeNull();
    rig.fact({ kind: 'rule', rule: null });
    rig.advance(hour);
    expect(ends(rig)).toEqual(['event:0 switched-off']);
  });

  it('switches itself off after three failed runs in a row, with the causes that wait', () => {
    const rig = rigOf({ mode: 'queue' });
    rig.faults.set('warn', 'refuse');
    for (let count = 0; count < 4; count++) rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toEqual(['event:0 failed', 'event:1 failed', 'event:2 failed', 'event:3 switched-off']);
    expect([rig.settings.isOn, rig.state.offBy]).toEqual([false, 'failures']);
    rig.faults.clear();
    rig.switchRule(true);
    rig.cause();
    rig.advance(hour);
    expect(ends(rig)).toContain('event:4 done');
  });

  it('ends its runs on other servers when a step switches it off', () => {
    const all: Rule['steps'] = [{ kind: 'delay', ms: minute }, { kind: 'switch-off' }];
    const rig = new RuleRig(aRule({ steps: all }), { wall, servers: ['home/1', 'home/2'] });
    rig.cause();
    rig.advance(hour);
    expect([...rig.records.values()].map(({ end }) => end).sort()).toEqual(['ended', 'switched-off']);
    expect([rig.settings.isOn, rig.state.offBy]).toEqual([false, 'step']);
  });

  it('lists in a dry run the planned actions, with the present values', () => {
    const rule = aRule({ steps: [...steps, { kind: 'switch-off' }], condition: { kind: 'unseen' } });
    const moment = { ...aMoment({ isWatched: false }, aRuleServer()), wall, calendar: rigOf().calendar };
    const record = dryRun({ rule }, 'home/1', aCause('dry'), moment);
    expect(record).toMatchObject({ isDry: true, end: 'ended', seen: [{ of: 'unseen', verdict: true }] });
    expect(record.steps.map(({ outcome }) => outcome)).toEqual(['would', 'would', 'would', 'would']);
    expect(dryRun({ rule }, 'home/1', aCause('dry'), { ...moment, isWatched: true }).end).toBe('condition');
  });
});

it('keeps the newest 2,000 traces for a history that takes none', () => {
  const { state } = rigOf();
  const orders = Array.from({ length: 2500 }, (_, index) => {
    const cause = aCause(`event:${index}`);
    return declined(state, 'home/1', cause, 'busy', aRunMoment).orders;
  }).flat();
  const { unstored } = noting({ state, orders }).state;
  expect([unstored.length, unstored.at(0)?.cause.key, unstored.at(-1)?.cause.key]).toEqual([
    2000,
    'event:500',
    'event:2499',
  ]);
});

describe('lines of the console that follow each other', () => {
  it('share a trace for a minute if no run came of them, which counts them', () => {
    const rig = rigOf({ atMost: { times: 1, withinMs: 24 * hour }, steps: [{ kind: 'notify', text: 'x' }] });
    rig.causeKind = 'line';
    for (let count = 0; count < 150; count++) {
      rig.cause();
      rig.advance(second);
    }
    rig.advance(minute);
    const records = [...rig.records.values()].sort((a, b) => a.at - b.at);
    expect(records.map(({ end, repeats }) => [end, repeats])).toEqual([
      ['done', undefined],
      ['too-often', 59],
      ['too-often', 59],
      ['too-often', 28],
    ]);
    expect((records[1]?.endedAt ?? 0) - (records[1]?.at ?? 0)).toBe(59 * second);
    expect(rig.state.unstored.length).toBeLessThanOrEqual(records.length);
  });

  it('have a trace of their own after another end, and each other cause always has', () => {
    const rig = rigOf();
    rig.causeKind = 'line';
    rig.cause();
    rig.advance(second);
    rig.cause();
    rig.cause();
    rig.causeKind = 'event';
    rig.cause();
    rig.cause();
    rig.advance(minute);
    const busy = [...rig.records.values()].filter(({ end }) => end === 'busy');
    expect(busy.map(({ cause, repeats }) => [cause.kind, repeats])).toEqual([
      ['line', 1],
      ['event', undefined],
      ['event', undefined],
    ]);
  });
});
