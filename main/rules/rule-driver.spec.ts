import { describe, expect, it } from 'vitest';
import type { RuleStep } from '../../bridge/schema/rule-parts.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { DriverRig, emptyDisk } from '../../tests/support/driver-rig.js';
import { aRule } from '../../tests/support/rule-examples.js';

const minute = 60_000;
const restart: RuleStep = { kind: 'power', on: null, signal: 'restart' };
const live = { power: 'running', link: { kind: 'live' } } as const;
const onCrash = (fields: Partial<Rule> = {}) =>
  aRule({ trigger: { kind: 'event', events: ['crashed'] }, steps: [restart], ...fields });

async function running(...rules: readonly Rule[]) {
  const rig = new DriverRig(emptyDisk(...rules), undefined, [live, live]);
  await rig.start();
  return rig;
}

describe('an order of a rule', () => {
  it('leaves once the disk has the run', async () => {
    const rig = await running(onCrash());
    rig.holdsAnswers = true;
    rig.crash();
    await rig.clock.advance(100);
    expect(rig.acts).toEqual(['restart home/1']);
    // Perch could die now: the disk knows the order that has left.
    expect(rig.disk.runs[0]?.lanes['home/1']?.run).toMatchObject({
      phase: 'sent',
      order: { id: rig.sent[0]?.id },
    });
    rig.answer?.();
    await rig.clock.advance(100);
    expect(rig.ends).toEqual(['done']);
    expect(rig.driver.current[0]).toMatchObject({ underWay: [], last: { end: 'done', serverId: 'home/1' } });
  });

  it('does not leave if the disk refuses', async () => {
    const rig = await running(onCrash());
    rig.disk.isFull = true;
    rig.crash();
    await rig.clock.advance(1000);
    expect(rig.sent).toEqual([]);
    expect(rig.ends).toEqual(['failed']);
    expect(rig.traces[0]?.news.mustReport).toBe(true);
  });

  it('does not leave after a switch-off in between', async () => {
    const rig = await running(onCrash());
    rig.whileWriting = () => {
      rig.whileWriting = () => undefined;
      void rig.book.setOn('r1', false);
    };
    rig.crash();
    await rig.clock.advance(1000);
    expect(rig.sent).toEqual([]);
    expect(rig.ends).toEqual(['switched-off']);
    expect(rig.traces[0]?.record.steps.map(({ outcome }) => outcome)).toEqual(['cut']);
  });

  it('is waited for after the removal of its rule, and the trace is complete', async () => {
    const rig = await running(onCrash({ steps: [restart, restart] }));
    rig.holdsAnswers = true;
    rig.crash();
    await rig.clock.advance(100);
    await rig.book.remove('r1');
    rig.answer?.();
    await rig.clock.advance(1000);
    expect(rig.acts).toHaveLength(1);
    expect(rig.ends).toEqual(['switched-off']);
    expect(rig.disk.runs).toEqual([]);
  });

  it('that was lost ends the run after three minutes', async () => {
    const rig = await running(onCrash());
    rig.holdsAnswers = true;
    rig.crash();
    await rig.clock.advance(4 * minute);
    expect(rig.ends).toEqual(['unsure']);
  });
});

describe('a rule after three failures', () => {
  it('switches itself off, says so, and stays off after a restart of Perch', async () => {
    const rig = await running(onCrash());
    rig.problem = aProblem('forbidden');
    for (let times = 0; times < 4; times++) {
      rig.crash();
      await rig.clock.advance(minute);
    }
    expect(rig.ends).toEqual(['failed', 'failed', 'failed']);
    expect(rig.traces.map(({ news }) => news.offBy)).toEqual([null, null, 'failures']);
    expect(rig.disk.rules[0]?.isOn).toBe(false);
    expect(rig.driver.current[0]).toMatchObject({ offBy: 'failures', rule: { isOn: false } });
    const next = await rig.restarted();
    expect(next.driver.current[0]).toMatchObject({ offBy: 'failures' });
    await next.book.setOn('r1', true);
    expect(next.driver.current[0]).toMatchObject({ offBy: null, failures: 0 });
  });
});

describe('a run that Perch was in the middle of', () => {
  async function killedAfterOrder(isFound: boolean) {
    const rig = await running(onCrash({ steps: [restart, { kind: 'notify', text: 'Done' }] }));
    rig.holdsAnswers = true;
    rig.crash();
    await rig.clock.advance(100);
    const sentAt = rig.clock.wall() - 100;
    const disk = { ...rig.disk };
    const next = new DriverRig(disk, undefined, [live]);
    next.clock.setWall(rig.clock.wall() + 5000);
    next.isFound = isFound;
    await next.start();
    await next.clock.advance(1000);
    return { next, sentAt };
  }

  it('continues if the order is found', async () => {
    const { next, sentAt } = await killedAfterOrder(true);
    expect(next.lookedUp).toEqual([{ id: expect.stringContaining('r1/event:') as string, sentAt }]);
    expect(next.acts).toEqual(['notify home/1']);
    expect(next.traces[0]?.record.steps.map(({ outcome }) => outcome)).toEqual(['found', 'done']);
  });

  it('ends unsure and repeats no order that it does not find', async () => {
    const { next } = await killedAfterOrder(false);
    expect(next.sent).toEqual([]);
    expect(next.ends).toEqual(['unsure']);
    expect(next.traces[0]?.news).toMatchObject({ mustReport: true });
  });
});

describe('the state of runs', () => {
  it('is written again when somebody sets the clock', async () => {
    const rig = await running(onCrash(), aRule({ id: 'r2' }));
    const { writes } = rig.disk;
    await rig.clock.advance(3 * minute);
    expect(rig.disk.writes).toBe(writes);
    rig.clock.jump(-60 * minute);
    await rig.clock.advance(3 * minute);
    expect(rig.disk.writes).toBe(writes + 1);
  });
});

it('keeps the state of runs of rules that a newer Perch wrote', async () => {
  const rig = await running(onCrash());
  rig.crash();
  await rig.clock.advance(100);
  const { runs } = rig.disk;
  expect(runs[0]?.causes).toHaveLength(1);
  rig.disk.isNewer = true;
  const older = await rig.restarted();
  older.clock.setWall(older.clock.wall() + 3_600_000);
  await older.clock.advance(5 * minute);
  expect([older.disk.runs, older.traces, older.sent]).toEqual([runs, [], []]);
});

it('a run that waits for a backup hears of ends of backups and of the time, not of each change of a server', async () => {
  const steps: RuleStep[] = [
    { kind: 'backup', on: null, quietly: false },
    { kind: 'wait', sign: { kind: 'backup' }, limitMs: 60 * minute, late: 'end' },
  ];
  const rig = await running(onCrash({ id: 'r1', steps }), onCrash({ id: 'r2', steps }));
  rig.crash();
  await rig.clock.advance(100);
  expect(rig.driver.active).toHaveLength(2);
  rig.moments = 0;
  rig.power('stopping', 'home/2');
  expect(rig.moments).toBe(0);
  const backup = { kind: 'backup', isSuccessful: true, backupId: 'b1', sha1: null, bytes: 1 } as const;
  rig.facts.emit({ serverId: 'home/1', fact: { ...backup, backupId: 'other' } });
  expect(rig.ends).toEqual([]);
  rig.facts.emit({ serverId: 'home/1', fact: backup });
  await rig.clock.advance(100);
  expect(rig.ends).toEqual(['done', 'done']);
  rig.crash();
  await rig.clock.advance(61 * minute);
  expect(rig.ends.slice(2)).toEqual(['late', 'late']);
});

describe('orders in turn', () => {
  const backup: RuleStep = { kind: 'backup', on: null, quietly: false, inTurn: true };
  const inTurn = (id = 'r1') => onCrash({ id, steps: [backup], target: { kind: 'event' } });
  const both = [
    { id: 'home/1', uuid: '1', ...live },
    { id: 'home/2', uuid: '2', ...live },
  ];
  async function backingUp(disk = emptyDisk(inTurn())) {
    const rig = new DriverRig(disk, undefined, both);
    await rig.start();
    return rig;
  }

  it('of two servers of a panel follow each other after the answer and the pause', async () => {
    const rig = await backingUp();
    rig.holdsAnswers = true;
    rig.crash('home/1');
    rig.crash('home/2');
    await rig.clock.advance(minute);
    expect(rig.acts).toEqual(['backup home/1']);
    rig.answer?.();
    await rig.clock.advance(1900);
    expect(rig.acts).toHaveLength(1);
    await rig.clock.advance(200);
    expect(rig.acts).toEqual(['backup home/1', 'backup home/2']);
  });

  it('are sent again while the panel throttles one server, and others continue meanwhile', async () => {
    const rig = await backingUp();
    rig.problem = aProblem('rate-limited', { retryAt: rig.clock.now() + minute, ofServer: true });
    rig.crash('home/1');
    await rig.clock.advance(100);
    rig.problem = null;
    rig.crash('home/2');
    await rig.clock.advance(3000);
    expect([rig.acts, rig.ends]).toEqual([['backup home/1', 'backup home/2'], ['done']]);
    await rig.clock.advance(minute);
    expect(rig.acts).toEqual(['backup home/1', 'backup home/2', 'backup home/1']);
    expect(rig.ends).toEqual(['done', 'done']);
    expect(rig.traces.at(-1)?.record.steps).toMatchObject([{ outcome: 'done', tries: 2 }]);
  });

  it('that wait are not asked at each change of a server, and end in time', async () => {
    const waiting = await backingUp(emptyDisk(inTurn(), inTurn('r2')));
    waiting.holdsAnswers = true;
    waiting.crash('home/1');
    await waiting.clock.advance(100);
    expect(waiting.driver.active).toHaveLength(2);
    const before = waiting.driver.state('r2');
    waiting.power('stopping', 'home/1');
    waiting.driver.tellRuns({ kind: 'backup', backup: 'other', isGood: true });
    await waiting.clock.advance(100);
    expect(waiting.driver.state('r2')).toBe(before);
    waiting.clock.sleep(2 * 60 * minute);
    await waiting.clock.advance(minute);
    expect(waiting.ends.toSorted()).toEqual(['late', 'unsure']);
  });

  it('that waited at the end of Perch leave after its start, also behind a run that has ended', async () => {
    const rig = await backingUp();
    rig.holdsAnswers = true;
    rig.crash('home/1');
    rig.crash('home/2');
    await rig.clock.advance(100);
    await rig.driver.stop();
    const next = await rig.restarted();
    await next.clock.advance(100);
    expect(next.acts).toEqual(['backup home/2']);
    await rig.clock.advance(minute);
    expect(rig.acts).toHaveLength(1);
  });

  it('of a rule that was switched off let the next server have its turn', async () => {
    const rig = await backingUp(emptyDisk(inTurn(), inTurn('r2')));
    rig.holdsAnswers = true;
    rig.crash('home/1');
    await rig.clock.advance(100);
    await rig.book.setOn('r2', false);
    rig.crash('home/2');
    rig.answer?.();
    rig.holdsAnswers = false;
    await rig.clock.advance(10_000);
    expect(rig.acts).toEqual(['backup home/1', 'backup home/2']);
    expect(rig.ends.toSorted()).toEqual(['done', 'done', 'switched-off']);
  });
});

it('runs no rule and writes nothing while the state of runs is from a newer Perch', async () => {
  const disk = { ...emptyDisk(onCrash()), areRunsNewer: true };
  const rig = new DriverRig(disk, undefined, [live]);
  await rig.start();
  rig.crash();
  await rig.clock.advance(minute);
  await rig.book.setOn('r1', false);
  expect([rig.sent, rig.traces, rig.disk.writes]).toEqual([[], [], 0]);
  // The list of rules stays true.
  expect(rig.driver.current).toMatchObject([{ rule: { id: 'r1', isOn: false }, underWay: [] }]);
});
