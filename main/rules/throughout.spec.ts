/** Rules whose trigger must be true throughout the run, as those of wishes for empty servers. */
import { describe, expect, it } from 'vitest';
import type { RuleCondition, RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { DriverRig, emptyDisk } from '../../tests/support/driver-rig.js';
import { playersOnline } from '../../tests/support/entities.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { someUsage } from '../../tests/support/warned-rig.js';

const minute = 60_000;
const isEmpty: RuleCondition = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 };
const steps: RuleStep[] = [
  { kind: 'warn', on: null, text: 'Going down', mayFail: true },
  { kind: 'delay', ms: minute, spreadMs: 10_000 },
  { kind: 'wait', sign: { kind: 'players', on: null, atMost: 0 }, limitMs: 2 * minute, late: 'end' },
  { kind: 'power', on: null, signal: 'stop' },
];
const rule = (fields: Partial<Rule> = {}): Rule =>
  aRule({
    trigger: { kind: 'holds', condition: isEmpty, forMs: 9 * minute, throughout: true },
    condition: { kind: 'free', on: null },
    steps,
    ...fields,
  });

async function running(one = rule()) {
  const rig = new DriverRig(emptyDisk(one), undefined, [{ power: 'running', link: { kind: 'live' } }]);
  await rig.start();
  return rig;
}

/** The game reports this number now. */
function online(rig: DriverRig, count: number | null): void {
  const players = count === null ? null : playersOnline(count, { source: 'query', seenAt: rig.clock.now() });
  rig.store.apply([{ kind: 'server-patched', serverId: 'home/1', patch: { players } }]);
}

/** The game reports a number every half minute. */
async function played(rig: DriverRig, minutes: number, count: number | null = 0): Promise<void> {
  for (let passed = 0; passed < minutes * 2; passed++) {
    online(rig, count);
    await rig.clock.advance(minute / 2);
  }
}

describe('a run of a rule with `throughout`', () => {
  it('asks the game at once before its signal, and does not act again while the process runs', async () => {
    const rig = await running();
    await played(rig, 9.5);
    expect([rig.acts, rig.asked]).toEqual([['warn home/1'], []]);
    await played(rig, 1.5);
    expect([rig.acts, rig.asked, rig.ends]).toEqual([['warn home/1', 'stop home/1'], ['home/1'], ['done']]);
    await played(rig, 40);
    expect(rig.acts).toHaveLength(2);
  });

  it('waits a random time longer, so that two computers do not act in the same second', async () => {
    const rig = await running();
    await played(rig, 10);
    const run = rig.driver.state('r1')?.lanes['home/1']?.run;
    const begunAt = rig.clock.now() - (rig.clock.wall() - (run?.steps[1]?.at ?? 0));
    // Half of the ten seconds: the rig always draws 0.5.
    expect((run?.until ?? 0) - begunAt).toBe(minute + 5000);
    await played(rig, 1);
    await rig.clock.advance(4000);
    expect(rig.acts).toContain('stop home/1');
  });

  it.each<[string, number | null]>([
    ['somebody joins', 1],
    ['nobody knows the number any more', null],
  ])('ends at once if %s, and the whole time starts again', async (_why, count) => {
    const rig = await running();
    await played(rig, 9.5);
    await played(rig, 0.5, count);
    expect(rig.ends).toEqual([count === null ? 'unknown' : 'condition']);
    await played(rig, 8.5);
    expect(rig.acts).toEqual(['warn home/1']);
    await played(rig, 3);
    expect(rig.acts).toEqual(['warn home/1', 'warn home/1', 'stop home/1']);
  });

  it('begins only once the condition of its rule is true, and ends as soon as it is not', async () => {
    const rig = await running();
    rig.isBusy = true;
    await played(rig, 20);
    expect(rig.traces).toEqual([]);
    rig.isBusy = false;
    await played(rig, 0.5);
    expect(rig.acts).toEqual(['warn home/1']);
    rig.isBusy = true;
    await played(rig, 0.5);
    expect([rig.acts, rig.ends]).toEqual([['warn home/1'], ['condition']]);
  });

  it.each<[string, number | null, string]>([
    ['says that somebody is on', 2, 'condition'],
    ['does not answer', null, 'failed'],
  ])('sends nothing if the game %s, and tries again after the whole time', async (_what, count, end) => {
    const rig = await running();
    rig.players = count;
    await played(rig, 11);
    expect([rig.acts, rig.ends]).toEqual([['warn home/1'], [end]]);
    const last = rig.traces[0]?.record.steps.at(-1);
    expect([last?.problem?.code, last?.seen[0]?.value]).toEqual(
      count === null ? ['timeout', undefined] : [undefined, 2],
    );
    await played(rig, 8);
    expect(rig.acts).toHaveLength(1);
    await played(rig, 2);
    expect(rig.acts).toHaveLength(2);
  });

  it.each<[string, (rig: DriverRig) => void]>([
    ['somebody joins', (rig) => online(rig, 1)],
    [
      'somebody joins and leaves',
      (rig) => {
        online(rig, 1);
        online(rig, 0);
      },
    ],
    ['nobody knows the number any more', (rig) => online(rig, null)],
    ['Perch does something else', (rig) => void (rig.isBusy = true)],
  ])('sends no signal if %s while the disk writes that it leaves', async (_why, happens) => {
    const rig = await running();
    await played(rig, 9.5);
    rig.whileWriting = () => {
      const run = rig.driver.state('r1')?.lanes['home/1']?.run;
      if (run?.order?.act.kind !== 'power') return;
      rig.whileWriting = () => undefined;
      happens(rig);
    };
    await played(rig, 1.5);
    expect(rig.acts).toEqual(['warn home/1']);
    expect(rig.traces[0]?.record.steps.at(-1)).toMatchObject({ kind: 'power', outcome: 'cut' });
    expect(['condition', 'unknown']).toContain(rig.ends[0]);
    rig.isBusy = false;
    await played(rig, 7.5);
    expect(rig.acts).toHaveLength(1);
    await played(rig, 3);
    expect(rig.acts).toEqual(['warn home/1', 'warn home/1', 'stop home/1']);
  });

  it('acts on a process once, also if somebody joins before it ends, and on the next one again', async () => {
    const rig = await running();
    await played(rig, 11);
    await played(rig, 1, 2);
    await played(rig, 40);
    expect(rig.acts).toEqual(['warn home/1', 'stop home/1']);
    rig.power('offline');
    await rig.clock.advance(minute);
    rig.power('running');
    await played(rig, 11);
    expect(rig.acts).toHaveLength(4);
  });

  it('continues without its notice, and tries a refused signal again after the whole time', async () => {
    const rig = await running();
    rig.problem = aProblem('panel-unreachable');
    await played(rig, 11);
    expect([rig.acts, rig.ends]).toEqual([['warn home/1', 'stop home/1'], ['failed']]);
    expect(rig.traces[0]?.record.steps.map(({ outcome }) => outcome)).toEqual([
      'refused',
      'waited',
      'waited',
      'refused',
    ]);
    await played(rig, 8);
    expect(rig.acts).toHaveLength(2);
  });

  it('does not send a signal again that may have arrived', async () => {
    const rig = await running();
    rig.problem = { ...aProblem('panel-unreachable'), maybeDone: true };
    await played(rig, 60);
    expect([rig.acts, rig.ends]).toEqual([['warn home/1', 'stop home/1'], ['unsure']]);
  });

  it('ends with Perch: nobody knows whether the trigger stayed true', async () => {
    const rig = await running();
    await played(rig, 9.5);
    const next = await rig.restarted();
    await played(next, 8.5);
    expect([next.acts, next.ends]).toEqual([[], ['interrupted']]);
    await played(next, 3);
    expect(next.acts).toEqual(['warn home/1', 'stop home/1']);
  });
});

it('a press ends the run, and the whole time starts again', async () => {
  const rig = await running();
  await played(rig, 9.5);
  rig.driver.take('r1', { kind: 'stop', servers: ['home/1'], why: 'stopped' });
  await played(rig, 8.5);
  expect([rig.acts, rig.ends]).toEqual([['warn home/1'], ['stopped']]);
  await played(rig, 3);
  expect(rig.acts).toEqual(['warn home/1', 'warn home/1', 'stop home/1']);
});

it('a new process restarts the time, also one that Perch did not see start', async () => {
  const rig = await running();
  await played(rig, 8);
  const usage = { ...someUsage, at: rig.clock.now(), uptimeMs: 1000 };
  rig.store.apply([{ kind: 'usage', serverId: 'home/1', usage }]);
  await played(rig, 8.5);
  expect(rig.acts).toEqual([]);
  await played(rig, 1);
  expect(rig.acts).toEqual(['warn home/1']);
});

it('numbers that are too far apart restart the time', async () => {
  const rig = await running();
  await played(rig, 6);
  // The last number counts for a while, and the next one comes too late to join.
  await rig.clock.advance(2.1 * minute);
  await played(rig, 8.5);
  expect(rig.acts).toEqual([]);
});
