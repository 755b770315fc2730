import { describe, expect, it } from 'vitest';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import { RuleRig, type NodeFault } from '../../tests/support/rule-rig.js';
import { aRule } from '../../tests/support/rule-examples.js';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const wall = Date.parse('2026-11-30T10:00:00Z');
const power = (signal: 'start' | 'stop' | 'restart'): RuleStep => ({ kind: 'power', on: null, signal });
const until = (state: 'offline' | 'running', late: 'go-on' | 'end' = 'end'): RuleStep => ({
  kind: 'wait',
  sign: { kind: 'state', on: null, state },
  limitMs: 5 * minute,
  late,
});
const note: RuleStep = { kind: 'notify', text: 'Done' };

function rigWith(...steps: RuleStep[]): RuleRig {
  return new RuleRig(aRule({ steps }), { wall });
}
/** Lets the rule run once, for an hour; the trace of that run. */
function runOf(rig: RuleRig, ms = hour) {
  rig.cause();
  rig.advance(ms);
  return lastRecord(rig);
}
function lastRecord(rig: RuleRig) {
  const record = [...rig.records.values()].at(-1);
  return { end: record?.end, steps: record?.steps.map(({ place, outcome }) => `${place} ${outcome}`) };
}
const orders = (rig: RuleRig) => rig.sent.map(({ act }) => ('signal' in act ? act.signal : act.kind));
const game = (rig: RuleRig) => {
  const server = rig.servers.get('home/1');
  if (server === undefined) throw new Error('no server');
  return server;
};

describe('a run', () => {
  it('stops, backs up and starts again, each when the step before has ended', () => {
    const rig = rigWith(
      power('stop'),
      until('offline'),
      { kind: 'backup', on: null, quietly: false },
      { kind: 'wait', sign: { kind: 'backup' }, limitMs: hour, late: 'end' },
      power('start'),
      until('running'),
      note,
    );
    const steps = ['1 done', '2 waited', '3 done', '4 waited', '5 done', '6 waited', '7 done'];
    expect(runOf(rig)).toEqual({ end: 'done', steps });
    expect(orders(rig)).toEqual(['stop', 'backup', 'start', 'notify']);
    const [stop, backup, start] = rig.sent.map(({ now }) => now);
    expect((backup ?? 0) - (stop ?? 0)).toBeGreaterThanOrEqual(8 * second);
    expect((start ?? 0) - (backup ?? 0)).toBeGreaterThanOrEqual(90 * second);
  });

  it('waits for a number of players that is newer than the wait', () => {
    const rig = rigWith(
      { kind: 'wait', sign: { kind: 'players', on: null }, limitMs: 10 * minute, late: 'end' },
      note,
    );
    rig.playersEveryMs = minute;
    rig.advance(30 * second);
    const [asked] = [game(rig).seen.figures.players?.seenAt];
    rig.cause();
    rig.advance(20 * second);
    expect([rig.sent.length, game(rig).seen.figures.players?.seenAt]).toEqual([0, asked]);
    rig.advance(minute);
    expect(rig.sent).toHaveLength(1);
    game(rig).isBlind = true;
    rig.cause();
    rig.advance(hour);
    expect(lastRecord(rig).end).toBe('late');
  });

  it('needs no state of the server for steps that touch no process', () => {
    const rig = rigWith(
      { kind: 'pause-plan', on: null },
      { kind: 'keep-log', on: null },
      note,
      power('stop'),
    );
    rig.servers.set('home/1', { ...game(rig), isBlind: true });
    rig.advance(5 * minute);
    expect(runOf(rig)).toEqual({ end: 'unknown', steps: ['1 done', '2 done', '3 done', '4 unknown'] });
    expect(orders(rig)).toEqual(['pause-plan', 'keep-log', 'notify']);
  });

  it('does not take "running" of before a restart for the restarted server', () => {
    const rig = rigWith(power('restart'), until('running'), note);
    runOf(rig);
    const [restart, told] = rig.sent.map(({ now }) => now);
    expect((told ?? 0) - (restart ?? 0)).toBeGreaterThanOrEqual(38 * second);
  });

  it('sends no signal that the state makes needless or wrong', () => {
    expect(runOf(rigWith(power('start'), note))).toEqual({ end: 'done', steps: ['1 needless', '2 done'] });
    const off = rigWith(
      power('restart'),
      { kind: 'warn', on: null, text: 'x' },
      { kind: 'command', on: null, command: 'x' },
    );
    [game(off).power, game(off).seen] = ['offline', { ...game(off).seen, power: null }];
    off.advance(minute);
    expect(runOf(off)).toEqual({ end: 'failed', steps: ['1 needless', '2 needless', '3 wrong-state'] });
    expect(off.sent).toEqual([]);
  });

  it('ends where the state is unknown, old, or from before its own signal', () => {
    const blind = rigWith(note, power('stop'));
    game(blind).isBlind = true;
    blind.advance(3 * minute);
    expect(runOf(blind)).toEqual({ end: 'unknown', steps: ['1 done', '2 unknown'] });
    const hasty = rigWith(power('stop'), power('start'));
    game(hasty).isBlind = true;
    expect(runOf(hasty)).toEqual({ end: 'unknown', steps: ['1 done', '2 unknown'] });
    expect([blind.reportedRuns.size, hasty.reportedRuns.size]).toEqual([1, 1]);
  });

  it.each<[NodeFault, string, string]>([
    ['refuse', 'failed', '1 refused'],
    ['unsure', 'unsure', '1 unsure'],
    ['lose', 'unsure', '1 unsure'],
  ])('ends after an order with the fault %s as %s, and does not repeat the order', (fault, end, line) => {
    const rig = rigWith(power('stop'), note);
    rig.faults.set('power', fault);
    expect(runOf(rig)).toEqual({ end, steps: [line] });
    expect(orders(rig)).toEqual(['stop']);
    expect(rig.reportedRuns.size).toBe(1);
  });

  it('continues if only the person could not be notified', () => {
    const rig = rigWith(note, power('stop'));
    rig.faults.set('notify', 'refuse');
    expect(runOf(rig)).toEqual({ end: 'done', steps: ['1 refused', '2 done'] });
  });

  it('follows the step’s choice if a sign does not come', () => {
    const silent = (late: 'go-on' | 'end') =>
      rigWith({ kind: 'wait', sign: { kind: 'line', on: null, text: 'Done' }, limitMs: minute, late }, note);
    expect(runOf(silent('end'))).toEqual({ end: 'late', steps: ['1 late'] });
    expect(runOf(silent('go-on'))).toEqual({ end: 'done', steps: ['1 late', '2 done'] });
    const heard = silent('end');
    heard.cause();
    heard.fact({ kind: 'line', serverId: 'home/2', text: 'Done' });
    heard.fact({ kind: 'line', serverId: 'home/1', text: '[12:00] Done (3 s)' });
    heard.advance(minute);
    expect(lastRecord(heard)).toEqual({ end: 'done', steps: ['1 waited', '2 done'] });
  });

  it('ends after a sleep that made its delay late, and continues after a short one', () => {
    const warned = () =>
      rigWith({ kind: 'warn', on: null, text: 'x' }, { kind: 'delay', ms: 5 * minute }, power('restart'));
    const long = warned();
    long.cause();
    long.advance(minute);
    long.sleep(hour);
    long.advance(minute);
    expect(lastRecord(long)).toEqual({ end: 'asleep', steps: ['1 done', '2 asleep'] });
    expect(orders(long)).toEqual(['warn']);
    const short = warned();
    short.cause();
    short.advance(minute);
    short.sleep(5 * minute);
    short.advance(minute);
    expect(orders(short)).toEqual(['warn', 'restart']);
  });

  it('takes the way of a condition, and neither if nobody knows', () => {
    const fork: RuleStep = {
      kind: 'if',
      condition: { kind: 'figure', on: null, of: 'players', atLeast: 1, atMost: null },
      then: [{ kind: 'warn', on: null, text: 'x' }, { kind: 'end' }],
      else: [power('stop')],
    };
    const rig = rigWith(fork, note);
    game(rig).players = 2;
    rig.advance(minute);
    expect(runOf(rig)).toEqual({ end: 'ended', steps: ['1 true', '1.then.1 done', '1.then.2 done'] });
    game(rig).players = 0;
    rig.advance(minute);
    expect(runOf(rig)).toEqual({ end: 'done', steps: ['1 false', '1.else.1 done', '2 done'] });
    const blind = rigWith(fork, note);
    game(blind).isBlind = true;
    blind.advance(3 * minute);
    expect(runOf(blind)).toEqual({ end: 'unknown', steps: ['1 unknown'] });
  });
});
