import { expect, it } from 'vitest';
import type { Memory } from '../../bridge/schema/memory.js';
import type { ServerFact } from '../base/server-fact.js';
import { aRunningBackup } from '../../tests/support/fake-backups.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aFleet, aPanelServer, aRecord, FakePanel } from '../../tests/support/fleet-fakes.js';
import { Backups } from './backups.js';
import { BegunBackups } from './begun-backups.js';

const serverId = 'home/u1';
const end = { kind: 'backup', isSuccessful: true, sha1: null, bytes: 0 } as const;

/** A run of Perch; `kept` = the memory that the earlier run left. */
function aRun(kept: Memory['begunBackups'] = []) {
  const panel = new FakePanel();
  panel.list = [aPanelServer('u1')];
  const fleet = aFleet(panel);
  fleet.pollOnly();
  const { facts } = fleet.fleet;
  const memory = {
    current: { begunBackups: kept },
    update: async (change: (now: Pick<Memory, 'begunBackups'>) => Pick<Memory, 'begunBackups'>) => {
      memory.current = change(memory.current);
    },
  };
  const backups = new Backups({ ...fleet, facts, madeByRule: () => [] });
  const begun = new BegunBackups({ ...fleet, facts, backups, memory, log: new FakeLog() });
  const seen: ServerFact[] = [];
  facts.listen(({ fact }) => void seen.push(fact));
  backups.start();
  begun.start();
  const list = async (): Promise<void> => {
    fleet.fleet.start([aRecord()]);
    await fleet.clock.advance(1000);
  };
  return { ...fleet, panel, facts, memory, backups, begun, seen, list };
}

it('a begun backup is remembered until it has ended', async () => {
  const { backups, facts, memory, list, clock } = aRun();
  await list();
  for (const id of ['b1', 'b2']) backups.began(serverId, aRunningBackup(id, { name: id }), {});
  await clock.advance(0);
  expect(memory.current.begunBackups).toMatchObject([
    { serverId, id: 'b1', name: 'b1' },
    { serverId, id: 'b2', name: 'b2' },
  ]);
  facts.emit({ serverId, fact: { ...end, backupId: 'b1' } });
  await clock.advance(0);
  expect(memory.current.begunBackups).toMatchObject([{ id: 'b2' }]);
});

it.each([
  ['completed', 'good', { isSuccessful: true }],
  ['failed', 'failed', { isSuccessful: false }],
  ['was deleted', null, { isSuccessful: false, isDeleted: true }],
] as const)('a backup of the run before that %s meanwhile is reported', async (_what, state, fact) => {
  const first = aRun();
  const entry = { serverId, id: 'b1', name: 'Nightly', at: first.clock.wall() };
  const { panel, backups, memory, seen, list, clock } = aRun([entry]);
  if (state !== null) panel.kept.list = [aRunningBackup('b1', { state, completedAt: 5 })];
  expect(seen).toEqual([]);
  await list();
  await clock.advance(0);
  expect(seen).toMatchObject([{ kind: 'backup', backupId: 'b1', ...fact }]);
  expect(backups.originOf(serverId, 'b1')).toEqual({ name: 'Nightly', by: { kind: 'me', bulk: false } });
  expect(memory.current.begunBackups).toEqual([]);
});

it('a backup of the run before that still runs is followed to its end', async () => {
  const entry = { serverId, id: 'b1', name: 'Nightly', at: aRun().clock.wall() };
  const { panel, seen, list, clock } = aRun([entry]);
  panel.kept.list = [aRunningBackup('b1')];
  await list();
  await clock.advance(10_000);
  expect(seen).toEqual([]);
  panel.kept.change('b1', { state: 'good', completedAt: 5 });
  await clock.advance(60_000);
  expect(seen).toMatchObject([{ kind: 'backup', isSuccessful: true, backupId: 'b1' }]);
});

it('a panel that does not answer is asked again, but not about a backup of yesterday', async () => {
  const { clock } = aRun();
  const entry = { serverId, id: 'b1', name: 'Nightly', at: clock.wall() };
  const old = { ...entry, id: 'b0', at: clock.wall() - 86_400_000 };
  const run = aRun([old, entry]);
  run.panel.kept.list = [aRunningBackup('b1', { state: 'good', completedAt: 5 })];
  run.panel.problems.set('backup', aProblem('panel-error'));
  await run.list();
  expect(run.panel.count('backup')).toBe(1);
  run.panel.problems.clear();
  await run.clock.advance(60_000);
  expect(run.seen).toMatchObject([{ backupId: 'b1', isSuccessful: true }]);
  expect(run.panel.asked.filter((asked) => asked.includes('b0'))).toEqual([]);
});
