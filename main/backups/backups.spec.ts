import { expect, it } from 'vitest';
import type { ServerBackups } from '../../bridge/schema/backups.js';
import type { ServerFact } from '../../main/base/server-fact.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, FakePanel } from '../../tests/support/fleet-fakes.js';
import { Backups } from './backups.js';

const serverId = 'home/u1';
const end = { isSuccessful: true, sha1: 'b'.repeat(40), bytes: 7 };

async function rig(power: 'live' | 'polled' = 'live') {
  const panel = new FakePanel();
  panel.list = [
    aPanelServer('u1', { limits: { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 3 } }),
  ];
  const fleet = aFleet(panel);
  if (power === 'polled') fleet.pollOnly();
  await fleet.live();
  panel.asked.length = 0;
  const backups = new Backups({ ...fleet, facts: fleet.fleet.facts, madeByRule: () => ['old'] });
  backups.start();
  const facts: ServerFact[] = [];
  fleet.fleet.facts.listen(({ fact }) => void facts.push(fact));
  const watch = () => {
    const seen: ServerBackups[] = [];
    const take = (value: ServerBackups): void => void seen.push(value);
    const stop = backups.source({ serverId }, { snapshot: take, change: take }, { webContentsId: 1 });
    return { seen, stop, last: () => seen.at(-1) };
  };
  return { ...fleet, panel, backups, facts, watch, reads: () => panel.count('backups') };
}

it('the feed begins without a list and then has the list, newest first, with the limit', async () => {
  const { clock, panel, watch } = await rig();
  panel.kept.list = [aBackup('b1', { createdAt: 1 }), aBackup('b2', { createdAt: 2 })];
  const { seen, last } = watch();
  expect(seen).toEqual([{ list: null, problem: null, byRule: [] }]);
  await clock.advance(0);
  expect(last()).toMatchObject({ list: { limit: 3, used: 2, backups: [{ id: 'b2' }, { id: 'b1' }] } });
});

it('the feed names the backups that Perch made by a rule, in this run and before', async () => {
  const { clock, panel, backups, watch } = await rig();
  panel.kept.list = ['old', 'b1', 'b2', 'b3'].map((id) => aBackup(id));
  const me = { kind: 'me', bulk: false } as const;
  backups.origins.made('b1', { by: { ...me, rule: true } });
  backups.origins.made('b2', { by: me });
  const { last } = watch();
  await clock.advance(0);
  expect(last()?.byRule.toSorted()).toEqual(['b1', 'old']);
});

it('a refused read is a problem of the feed, and is repeated until the list comes', async () => {
  const { clock, panel, watch, reads } = await rig();
  panel.problems.set('backups', aProblem('panel-error'));
  const { last } = watch();
  await clock.advance(0);
  expect(last()).toMatchObject({ list: null, problem: { code: 'panel-error' } });
  panel.problems.clear();
  await clock.advance(5000);
  expect(last()).toMatchObject({ list: { backups: [] }, problem: null });
  expect(reads()).toBe(2);
});

it('the list is read again when a restoration has ended', async () => {
  const { clock, panel, watch, store, reads } = await rig();
  const { last } = watch();
  await clock.advance(0);
  const change = (condition: 'restoring' | 'normal') =>
    store.apply([{ kind: 'server-patched', serverId, patch: { condition } }]);
  change('restoring');
  panel.kept.list = [aBackup('b1')];
  await clock.advance(0);
  expect(reads()).toBe(1);
  change('normal');
  await clock.advance(0);
  expect(last()?.list?.backups).toMatchObject([{ id: 'b1' }]);
  expect(reads()).toBe(2);
});

it('the node’s report ends a running backup in the list without a request', async () => {
  const { clock, panel, watch, session } = await rig();
  panel.kept.list = [aRunningBackup('b1')];
  const { last } = watch();
  await clock.advance(0);
  panel.asked.length = 0;
  session('u1').tell({ kind: 'happened', fact: { kind: 'backup', backupId: 'b1', ...end } });
  expect(last()?.list?.backups).toMatchObject([{ id: 'b1', state: 'good', bytes: 7, sha1: end.sha1 }]);
  await clock.advance(3_600_000);
  expect(panel.count('backup')).toBe(0);
});

it('the report of a backup that the list does not have reads the list again', async () => {
  const { clock, panel, watch, session, reads } = await rig();
  const { last } = watch();
  await clock.advance(0);
  panel.kept.list = [aBackup('b7')];
  session('u1').tell({ kind: 'happened', fact: { kind: 'backup', backupId: 'b7', ...end } });
  await clock.advance(0);
  expect(last()?.list?.backups).toMatchObject([{ id: 'b7' }]);
  expect(reads()).toBe(2);
});

it('a backup that Perch began is followed to its end without a window, and the end is reported', async () => {
  const { clock, panel, backups, facts } = await rig('polled');
  const backup = panel.kept.create({ name: 'Nightly', ignored: [], locked: false });
  backups.began(serverId, backup, { by: { kind: 'me', bulk: false } });
  await clock.advance(20_000);
  expect(facts).toEqual([]);
  panel.kept.change('b1', { state: 'good', sha1: 'c'.repeat(40), bytes: 9, completedAt: 5 });
  await clock.advance(60_000);
  expect(facts).toEqual([
    { kind: 'backup', isSuccessful: true, backupId: 'b1', sha1: 'c'.repeat(40), bytes: 9 },
  ]);
  expect(backups.originOf(serverId, 'b1')).toEqual({ name: 'Nightly', by: { kind: 'me', bulk: false } });
  panel.asked.length = 0;
  await clock.advance(3_600_000);
  expect(panel.count('backup')).toBe(0);
});

it('a backup that ended before the panel answered its creation has its end at once, and is not asked about', async () => {
  const { clock, fleet, panel, backups } = await rig();
  const begun: string[] = [];
  backups.begun.listen(({ backup }) => void begun.push(backup.id));
  const backup = panel.kept.create({ name: '', ignored: [], locked: false });
  fleet.facts.emit({ serverId, fact: { kind: 'backup', backupId: 'b1', ...end } });
  backups.began(serverId, backup, {});
  const { ended } = backups.whenEnded(serverId, backup);
  expect(await ended).toMatchObject({ id: 'b1', state: 'good', sha1: end.sha1, bytes: 7 });
  await clock.advance(3_600_000);
  expect([panel.count('backup'), begun]).toEqual([0, []]);
});

it('running backups of other people are followed only while a window shows them', async () => {
  const { clock, panel, watch, facts } = await rig('polled');
  panel.kept.list = [aRunningBackup('b1')];
  const { stop, last } = watch();
  await clock.advance(10_000);
  expect(panel.count('backup')).toBe(1);
  panel.kept.list = [];
  await clock.advance(20_000);
  expect(last()?.list?.backups).toEqual([]);
  expect(facts).toMatchObject([{ kind: 'backup', isSuccessful: false, isDeleted: true }]);
  panel.kept.list = [aRunningBackup('b2')];
  stop();
  const again = watch();
  await clock.advance(0);
  again.stop();
  panel.asked.length = 0;
  await clock.advance(3_600_000);
  expect(panel.count('backup')).toBe(0);
});

it('a list that was read while a backup was made is read again', async () => {
  const { clock, panel, backups, watch, reads } = await rig();
  const { last } = watch();
  backups.began(serverId, panel.kept.create({ name: '', ignored: [], locked: false }), {});
  await clock.advance(0);
  expect(last()?.list?.backups).toMatchObject([{ id: 'b1', state: 'running' }]);
  expect(reads()).toBe(2);
});

it('windows share one read, and after the last window no further read follows', async () => {
  const { clock, backups, panel, watch, reads } = await rig();
  const [one, two] = [watch(), watch()];
  await clock.advance(0);
  expect(reads()).toBe(1);
  one.stop();
  expect((await backups.read(serverId)).backups).toEqual([]);
  two.stop();
  panel.asked.length = 0;
  await clock.advance(3_600_000);
  expect(panel.count('backups') + panel.count('backup')).toBe(0);
});
