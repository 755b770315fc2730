import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { settle } from '../../tests/support/fake-clock.js';
import { aPlansRig, day, four, fourAfter, hour, midnight } from '../../tests/support/plans-rig.js';
import type { ServerFact } from '../base/server-fact.js';

const good = (backupId: string): ServerFact => ({
  kind: 'backup',
  isSuccessful: true,
  backupId,
  sha1: null,
  bytes: 1,
});

describe('a backup by plan', () => {
  it('begins at its time on each day, and follows the backup to its end', async () => {
    const { begun, clock, facts, run } = aPlansRig();
    const plans = run();
    await clock.advance(four - midnight - 1);
    expect(begun).toEqual([]);
    expect(plans.of('home/a')).toMatchObject({ nextAt: four, quietly: false, last: null });
    await clock.advance(1);
    expect(begun).toEqual(['a at 0']);
    expect(plans.of('home/a')).toMatchObject({ last: { at: four, outcome: 'begun', backup: 'of home/a' } });
    facts.emit({ serverId: 'home/a', fact: good('of home/a') });
    expect(plans.of('home/a')?.last?.outcome).toBe('good');
    await clock.advance(day);
    expect(begun).toEqual(['a at 0', `a at ${day}`]);
  });

  it('is quiet if the rule says so, and ends with the rule', async () => {
    const { begun, clock, run, settings } = aPlansRig({ choices: { plan: { minute: 240, quietly: true } } });
    const plans = run();
    await clock.advance(four - midnight);
    expect(begun).toEqual(['a quietly at 0']);
    settings.set(someSettings());
    await clock.advance(2 * day);
    expect(begun).toHaveLength(1);
    expect(plans.current).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('begins one server of a panel after the other, with the pause of bulk actions', async () => {
    const { begun, clock, run } = aPlansRig({ servers: ['a', 'b', 'c'] });
    run();
    await clock.advance(four - midnight + 10_000);
    expect(begun).toEqual(['a at 0', 'b at 2000', 'c at 4000']);
  });

  it('waits for a throttle of the server while others continue, and for a panel that rests', async () => {
    const { begun, clock, panel, run, told } = aPlansRig({ servers: ['a', 'b'] });
    const plans = run();
    panel.refuses = (id) => {
      const isEarly = id === 'home/a' && clock.wall() < four + 500_000;
      return isEarly ? aProblem('rate-limited', { retryAt: four + 500_000, ofServer: true }) : null;
    };
    await clock.advance(four - midnight + 10_000);
    expect(plans.of('home/a')?.last?.outcome).toBe('waiting');
    await clock.advance(600_000);
    expect(begun).toEqual(['a at 0', 'b at 2000', 'a at 500000']);
    panel.restUntil = four + day + 60_000;
    await clock.advance(four + day + 59_000 - clock.wall());
    expect(begun).toHaveLength(3);
    panel.restUntil = null;
    await clock.advance(10_000);
    expect(begun.slice(3)).toEqual([`a at ${day + 60_000}`, `b at ${day + 62_000}`]);
    expect(told).toEqual([]);
  });

  it('is not made twice on one day by a restart of Perch', async () => {
    const { begun, clock, run } = aPlansRig();
    const first = run();
    await clock.advance(four - midnight);
    first.stop();
    run();
    await clock.advance(hour);
    expect(begun).toEqual(['a at 0']);
  });
});

describe('a missed backup', () => {
  it('of a time when Perch was closed is reported once for all servers, and made only at the user’s request', async () => {
    const { begun, clock, facts, run, told } = aPlansRig({ servers: ['a', 'b'] });
    const first = run();
    await clock.advance(hour);
    first.stop();
    await clock.advance(3 * day);
    const plans = run();
    await clock.advance(10_000);
    expect(told).toEqual([
      { kind: 'plan-missed', why: 'closed', serverIds: ['home/a', 'home/b'], problem: null },
    ]);
    expect(plans.of('home/b')?.last).toMatchObject({ at: four + 2 * day, outcome: 'closed' });
    expect(begun).toEqual([]);
    plans.catchUp(['home/b', 'home/unknown']);
    plans.catchUp(['home/b']);
    await clock.advance(10_000);
    expect(begun).toHaveLength(1);
    expect(plans.of('home/b')?.last?.outcome).toBe('begun');
    facts.emit({ serverId: 'home/b', fact: good('of home/b') });
    await clock.advance(1000);
    plans.stop();
    run();
    await clock.advance(hour);
    expect(told).toHaveLength(1);
    await clock.advance(four + 4 * day - clock.wall());
    expect(begun).toHaveLength(4);
  });

  it('of a sleeping computer is missed, a nap of some minutes delays it', async () => {
    const { begun, clock, run, told } = aPlansRig();
    run();
    await clock.advance(four - midnight - hour);
    clock.sleep(hour + 5 * 60_000);
    await clock.advance(0);
    expect(begun).toEqual(['a at 300000']);
    await clock.advance(20 * hour);
    clock.sleep(9 * hour);
    await clock.advance(10_000);
    expect(begun).toHaveLength(1);
    expect(told.map(({ why }) => why)).toEqual(['closed']);
  });

  it('waits ten minutes for a panel that does not answer', async () => {
    const { begun, clock, panel, run, told } = aPlansRig();
    run();
    panel.isListed = false;
    await clock.advance(four - midnight + 5 * 60_000);
    panel.isListed = true;
    await clock.advance(60_000);
    expect(begun).toHaveLength(1);
    await clock.advance(20 * hour);
    panel.isListed = false;
    await clock.advance(5 * hour);
    panel.isListed = true;
    await clock.advance(hour);
    expect(begun).toHaveLength(1);
    expect(told.map(({ why }) => why)).toEqual(['unreachable']);
  });

  it('of many servers is reported once, however long their line is', async () => {
    const servers = Array.from({ length: 100 }, (_, count) => `s${count}`);
    const { begun, clock, panel, run, told } = aPlansRig({ servers });
    run();
    panel.isListed = false;
    await clock.advance(four - midnight + hour);
    expect(begun).toEqual([]);
    expect(told.map(({ why, serverIds }) => [why, serverIds.length])).toEqual([['unreachable', 100]]);
  });

  it('is reported with the reason of the refusal, once until another result', async () => {
    const { clock, panel, run, told } = aPlansRig({ servers: ['a', 'b'] });
    const plans = run();
    const problem = aProblem('conflict');
    panel.refuses = () => problem;
    await clock.advance(2 * day);
    expect(told).toEqual([
      { kind: 'plan-missed', why: 'refused', serverIds: ['home/a', 'home/b'], problem: problem.message },
    ]);
    panel.refuses = () => null;
    await clock.advance(day);
    panel.refuses = () => problem;
    await clock.advance(day);
    expect(told).toHaveLength(2);
    expect(plans.of('home/a')?.last).toMatchObject({ outcome: 'refused', problem: problem.message });
  });

  it('is reported before Perch ends, also a backup missed at the very end', async () => {
    const { clock, panel, run, told } = aPlansRig({ servers: ['a', 'b'] });
    const plans = run();
    const problem = aProblem('conflict');
    let fail = (_error: Error): void => undefined;
    panel.refuses = (id) => (id === 'home/a' ? problem : null);
    panel.made = () => new Promise((_resolve, reject) => (fail = reject));
    await clock.advance(four - midnight + 10_000);
    expect(told).toEqual([]);
    plans.stop();
    expect(told).toMatchObject([{ why: 'refused', serverIds: ['home/a'] }]);
    fail(new PerchError(problem));
    await settle();
    expect(told).toMatchObject([{ serverIds: ['home/a'] }, { serverIds: ['home/b'] }]);
    expect(clock.pending).toBe(0);
  });

  it('of a panel that fails is tried again within ten minutes, never after a lost answer', async () => {
    const { begun, clock, panel, run, told } = aPlansRig();
    run();
    panel.refuses = () => aProblem('panel-unreachable');
    await clock.advance(four - midnight + hour);
    expect(begun.map((each) => each.split(' ').at(-1))).toEqual(
      Array.from({ length: 11 }, (_, count) => String(count * 60_000)),
    );
    panel.refuses = () => aProblem('timeout', { maybeDone: true });
    await clock.advance(day);
    expect(begun).toHaveLength(12);
    expect(told.map(({ why }) => why)).toEqual(['unreachable', 'refused']);
  });

  it('that the user asks for waits for a throttle, however old it is', async () => {
    const { begun, clock, panel, run, told } = aPlansRig();
    const first = run();
    await clock.advance(hour);
    first.stop();
    await clock.advance(four - midnight + 12 * hour);
    const plans = run();
    await clock.advance(10_000);
    panel.refuses = () => aProblem('rate-limited', { retryAt: clock.now() + 30_000, ofServer: true });
    plans.catchUp(['home/a']);
    await clock.advance(10_000);
    panel.refuses = () => null;
    await clock.advance(60_000);
    expect(begun).toHaveLength(2);
    expect(plans.of('home/a')?.last?.outcome).toBe('begun');
    expect(told.map(({ why }) => why)).toEqual(['closed']);
  });

  it('of a quiet sequence that makes no backup is reported as well', async () => {
    const { clock, panel, run, told } = aPlansRig();
    run();
    panel.made = () => Promise.reject(new PerchError(aProblem('conflict')));
    await clock.advance(four - midnight + hour);
    expect(told.map(({ why }) => why)).toEqual(['refused']);
  });

  it('that the panel did not name before the end of Perch is reported by the next run, which continues with the others', async () => {
    const { begun, clock, panel, run, told } = aPlansRig({ servers: ['a', 'b'] });
    const first = run();
    panel.made = () => new Promise(() => undefined);
    await clock.advance(four - midnight);
    first.stop();
    run();
    await clock.advance(hour);
    expect(told).toMatchObject([{ why: 'closed', serverIds: ['home/a'] }]);
    expect(begun).toEqual(['a at 0', 'b at 1000']);
  });

  it('of a server that this Perch lists late keeps its times and its last backup', async () => {
    const { begun, clock, facts, run, store } = aPlansRig();
    const first = run();
    await clock.advance(four - midnight);
    facts.emit({ serverId: 'home/a', fact: good('of home/a') });
    await clock.advance(1000);
    first.stop();
    const [server] = store.state.servers.values();
    if (server === undefined) throw new Error('no server');
    store.apply([{ kind: 'server-removed', serverId: 'home/a' }]);
    const plans = run();
    await clock.advance(5 * 60_000);
    expect(plans.current).toEqual([]);
    store.apply([{ kind: 'server-upserted', server }]);
    await clock.advance(2000);
    expect(plans.of('home/a')?.last).toMatchObject({ at: four, outcome: 'good', backup: 'of home/a' });
    expect(begun).toHaveLength(1);
  });

  it('is reported also if somebody sets the clock back after the start of Perch', async () => {
    const { clock, panel, run, told } = aPlansRig();
    run();
    await clock.advance(hour);
    clock.jump(-5 * day);
    panel.refuses = () => aProblem('conflict');
    await clock.advance(day);
    expect(told.map(({ why }) => why)).toEqual(['refused']);
  });

  it('of a wrong clock is none after somebody sets the clock right', async () => {
    const { begun, clock, run } = aPlansRig();
    const plans = run();
    await clock.advance(hour);
    clock.jump(9 * day);
    await clock.advance(hour);
    expect(plans.of('home/a')?.last).toMatchObject({ at: fourAfter(8), outcome: 'closed' });
    clock.jump(-9 * day);
    await clock.advance(hour);
    expect(plans.of('home/a')?.last).toBeNull();
    await clock.advance(four - clock.wall());
    expect(begun).toEqual(['a at 0']);
    expect(plans.of('home/a')?.last).toMatchObject({ at: four, outcome: 'begun' });
  });

  it('is forgotten with its server', async () => {
    const { clock, disk, run, store } = aPlansRig({ servers: ['a', 'b'] });
    run();
    await clock.advance(hour);
    expect(disk.runs.map(({ ruleId }) => ruleId)).toEqual(['backup-plan:home/a', 'backup-plan:home/b']);
    store.apply([{ kind: 'server-removed', serverId: 'home/a' }]);
    await clock.advance(four - midnight);
    expect(disk.runs.map(({ ruleId }) => ruleId)).toEqual(['backup-plan:home/b']);
  });

  it('is not made twice on a day whose plan was removed and made again', async () => {
    const { begun, clock, run, settings } = aPlansRig();
    const plans = run();
    const before = settings.current;
    await clock.advance(four - midnight + hour);
    settings.set(someSettings());
    await clock.advance(hour);
    expect(plans.current).toEqual([]);
    settings.set({ ...before, backupRules: { all: { plan: { minute: 480, quietly: false } }, rules: [] } });
    await clock.advance(12 * hour);
    expect(begun).toEqual(['a at 0']);
    expect(plans.of('home/a')?.nextAt).toBe(four + day + 4 * hour);
  });
});

it('follows a backup of the run before', async () => {
  const { clock, facts, run } = aPlansRig();
  const first = run();
  await clock.advance(four - midnight);
  first.stop();
  const plans = run();
  await clock.advance(1000);
  facts.emit({ serverId: 'home/a', fact: { ...good('of home/a'), isSuccessful: false } as ServerFact });
  expect(plans.of('home/a')?.last?.outcome).toBe('failed');
});

it('remembers a backup whose id is as long as a panel may make one', async () => {
  const { clock, panel, run } = aPlansRig();
  const first = run();
  const backup = 'b'.repeat(100);
  panel.made = () => Promise.resolve(aRunningBackup(backup));
  await clock.advance(four - midnight + 1000);
  first.stop();
  const plans = run();
  await clock.advance(2000);
  expect(plans.of('home/a')?.last).toMatchObject({ at: four, outcome: 'begun', backup });
});

it('knows the end of a backup that has ended before the panel named it', async () => {
  const { clock, panel, run } = aPlansRig();
  const plans = run();
  panel.made = () => Promise.resolve(aBackup('quick'));
  await clock.advance(four - midnight);
  await settle();
  expect(plans.of('home/a')?.last).toMatchObject({ outcome: 'good', backup: 'quick' });
});

it('knows the end that the node reports before the panel answers the creation', async () => {
  const { clock, facts, panel, run } = aPlansRig();
  const plans = run();
  panel.made = async () => {
    facts.emit({ serverId: 'home/a', fact: good('early') });
    return aRunningBackup('early');
  };
  await clock.advance(four - midnight);
  expect(plans.of('home/a')?.last).toMatchObject({ outcome: 'good', backup: 'early' });
});

it('makes one backup for a server that two accounts see, and shows it in both', async () => {
  const { begun, clock, run, store } = aPlansRig();
  store.apply([
    { kind: 'account-upserted', account: anAccount({ id: 'away' }) },
    { kind: 'server-upserted', server: aServer({ id: 'away/a', uuid: 'a', accountId: 'away' }) },
  ]);
  const plans = run();
  await clock.advance(four - midnight + hour);
  expect(begun).toEqual(['a at 0']);
  expect(plans.of('away/a')?.last).toEqual(plans.of('home/a')?.last);
});

it('leaves out servers whose host or account allows no backup', async () => {
  const { clock, run, store } = aPlansRig();
  const limits = { ...aServer().limits, backups: 0 };
  store.apply([
    { kind: 'server-upserted', server: aServer({ id: 'home/none', uuid: 'none', limits }) },
    { kind: 'server-upserted', server: aServer({ id: 'home/guest', uuid: 'guest', permissions: [] }) },
  ]);
  const plans = run();
  await clock.advance(2000);
  expect(plans.current.map(({ serverId }) => serverId)).toEqual(['home/a']);
});
