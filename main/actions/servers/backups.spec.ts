import { describe, expect, it } from 'vitest';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import { byRule, type ServerFact } from '../../base/server-fact.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';
import { aBackup, aRunningBackup } from '../../../tests/support/fake-backups.js';
import { aProblem } from '../../../tests/support/a-problem.js';

const serverId = 'home/u1';
const wanted = { serverId, name: 'Nightly', ignored: ['*.log'], locked: false };

async function rig(fields: ServerPatch = {}) {
  const made = await aServerActionsRig(fields);
  const { panel, fleet } = made;
  const facts: ServerFact[] = [];
  fleet.facts.listen(({ fact }) => void facts.push(fact));
  const create = (input = wanted) => made.actions['backups.create'](input);
  const calls = (name: string) => panel.asked.filter((asked) => asked.startsWith(name));
  return { ...made, facts, create, calls };
}

describe('backups.create', () => {
  it('makes one backup and remembers who made it', async () => {
    const { create, backups, calls } = await rig();
    expect(await create()).toMatchObject({ id: 'b1', name: 'Nightly', state: 'running', ignored: ['*.log'] });
    expect(calls('createBackup')).toEqual(['createBackup u1 Nightly']);
    expect(backups.originOf(serverId, 'b1')).toEqual({ name: 'Nightly', by: { kind: 'me', bulk: false } });
  });

  it.each<[ServerPatch, object]>([
    [{ permissions: ['backup.read'] }, { code: 'forbidden', permission: 'backup.create' }],
    [{ condition: 'restoring' }, { code: 'conflict', condition: 'restoring' }],
  ])('asks nothing if the panel would refuse: %j', async (fields, problem) => {
    const { create, calls } = await rig(fields);
    await expect(create()).rejects.toMatchObject({ problem });
    expect(calls('createBackup')).toEqual([]);
  });

  it('tells a panel without a place for backups from a panel without the server', async () => {
    const { create, panel } = await rig();
    panel.problems.set('createBackup', aProblem('not-found'));
    await expect(create()).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'panel.backup-no-place' } },
    });
    panel.problems.set('backups', aProblem('not-found'));
    await expect(create()).rejects.toMatchObject({ problem: { code: 'not-found' } });
  });

  it.each(['Nightly', ''])('takes the backup %j from the list if the answer was lost', async (name) => {
    const { create, panel, calls } = await rig();
    panel.kept.losesAnswer = true;
    expect(await create({ ...wanted, name })).toMatchObject({ id: 'b1', state: 'running' });
    expect(calls('createBackup')).toHaveLength(1);
  });

  it('marks only requests of a rule as made by a rule, whoever asks at the same time', async () => {
    const { actions, backups, create } = await rig();
    await Promise.all([create(), actions['backups.create'](wanted, byRule), create()]);
    const makers = ['b1', 'b2', 'b3'].map((id) => backups.originOf(serverId, id).by);
    const me = { kind: 'me', bulk: false };
    expect(makers).toEqual([me, byRule, me]);
    await actions['backups.delete']({ serverId, backup: 'b1' }, byRule);
    await actions['backups.delete']({ serverId, backup: 'b2' });
    expect(['b1', 'b2'].map((id) => backups.originOf(serverId, id).by)).toEqual([byRule, me]);
  });

  it('never gives a rule the backup of a person whose answer was lost', async () => {
    const { actions, create, panel, clock, calls } = await rig();
    panel.problems.set('createBackup', aProblem('timeout', { maybeDone: true }));
    await expect(create()).rejects.toMatchObject({ problem: { maybeDone: true } });
    panel.problems.clear();
    panel.kept.create(wanted);
    await clock.advance(60_000);
    expect(await actions['backups.create'](wanted, byRule)).toMatchObject({ id: 'b2' });
    expect(await create()).toMatchObject({ id: 'b1' });
    expect(calls('createBackup')).toHaveLength(2);
  });

  it('does not take an older backup of that name for the lost one', async () => {
    const { create, panel, clock } = await rig();
    panel.kept.list = [aBackup('old', { name: 'Nightly', createdAt: clock.wall() - 10_000 })];
    panel.problems.set('createBackup', aProblem('timeout', { maybeDone: true }));
    await expect(create()).rejects.toMatchObject({ problem: { maybeDone: true } });
  });

  it('looks before asking again: the panel shows the backup a while after the lost answer', async () => {
    const { create, panel, clock, calls } = await rig();
    panel.problems.set('createBackup', aProblem('timeout', { maybeDone: true }));
    await expect(create()).rejects.toMatchObject({ problem: { maybeDone: true } });
    panel.problems.clear();
    const again = create();
    await clock.advance(10_000);
    panel.kept.create(wanted);
    await clock.advance(10_000);
    expect(await again).toMatchObject({ id: 'b1' });
    expect(calls('createBackup')).toHaveLength(1);
  });

  it('asks again if the list shows that the lost request made none', async () => {
    const { create, panel, clock, calls } = await rig();
    panel.problems.set('createBackup', aProblem('node-unreachable', { maybeDone: true }));
    await expect(create()).rejects.toMatchObject({ problem: { code: 'node-unreachable' } });
    panel.problems.clear();
    const again = create();
    await clock.advance(20_000);
    expect(await again).toMatchObject({ id: 'b1' });
    expect(calls('createBackup')).toHaveLength(2);
  });

  it('sends nothing while the list cannot be read after a lost answer', async () => {
    const { create, panel, clock, calls } = await rig();
    panel.problems.set('createBackup', aProblem('timeout', { maybeDone: true }));
    panel.problems.set('backups', aProblem('panel-unreachable'));
    await expect(create()).rejects.toMatchObject({ problem: { maybeDone: true } });
    const again = create();
    const refused = expect(again).rejects.toMatchObject({ problem: { code: 'panel-unreachable' } });
    await clock.advance(20_000);
    await refused;
    expect(calls('createBackup')).toHaveLength(1);
  });
});

describe('backups.lock', () => {
  it('sends only if the lock differs, because the panel’s call turns it over', async () => {
    const { actions, panel, calls } = await rig();
    panel.kept.list = [aBackup('b1')];
    const lock = (locked: boolean) => actions['backups.lock']({ serverId, backup: 'b1', locked });
    expect(await lock(false)).toMatchObject({ locked: false });
    expect(calls('toggleBackupLock')).toEqual([]);
    const both = await Promise.all([lock(true), lock(true)]);
    expect(both).toMatchObject([{ locked: true }, { locked: true }]);
    expect(calls('toggleBackupLock')).toHaveLength(1);
  });
});

describe('backups.delete', () => {
  const input = { serverId, backup: 'b1' };

  it('reports a finished backup as deleted by the user', async () => {
    const { actions, panel, backups, facts } = await rig();
    panel.kept.list = [aBackup('b1', { name: 'Old' })];
    await actions['backups.delete'](input);
    expect(panel.kept.list).toEqual([]);
    expect(facts).toEqual([{ kind: 'backup-deleted', backupId: 'b1' }]);
    expect(backups.originOf(serverId, 'b1')).toMatchObject({
      name: 'Old',
      by: { kind: 'me' },
      isDeleted: true,
    });
  });

  it('reports a running backup as ended', async () => {
    const { actions, panel, facts } = await rig();
    panel.kept.list = [aRunningBackup('b1')];
    await actions['backups.delete'](input);
    expect(facts).toMatchObject([{ kind: 'backup', isSuccessful: false, backupId: 'b1' }]);
  });

  it('claims nothing after a refusal', async () => {
    const { actions, panel, backups, facts } = await rig();
    panel.kept.list = [aBackup('b1', { locked: true })];
    panel.problems.set('deleteBackup', aProblem('conflict'));
    await expect(actions['backups.delete'](input)).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
    expect(facts).toEqual([]);
    expect(backups.originOf(serverId, 'b1')).toEqual({});
  });

  it('looks after a lost answer', async () => {
    const { actions, panel, facts } = await rig();
    panel.kept.list = [aBackup('b1')];
    panel.problems.set('deleteBackup', aProblem('timeout', { maybeDone: true }));
    await expect(actions['backups.delete'](input)).rejects.toMatchObject({
      problem: { maybeDone: true },
    });
    const remove = panel.deleteBackup.bind(panel);
    panel.deleteBackup = (identifier, id) => {
      panel.kept.remove(id);
      return remove(identifier, id);
    };
    await actions['backups.delete'](input);
    expect(facts).toEqual([{ kind: 'backup-deleted', backupId: 'b1' }]);
  });
});

describe('backups.restore', () => {
  it('restores a good backup and remembers the restoration once', async () => {
    const { actions, panel, backups, calls } = await rig();
    panel.kept.list = [aBackup('b1', { name: 'Before the update' })];
    await actions['backups.restore']({ serverId, backup: 'b1', truncate: true });
    expect(calls('restoreBackup')).toEqual(['restoreBackup u1 b1 true']);
    expect(backups.takeRestoration(serverId)).toMatchObject({ name: 'Before the update' });
    expect(backups.takeRestoration(serverId)).toBeNull();
  });

  it.each(['failed', 'running'] as const)(
    'sends no request for a %s backup: the panel may empty the folder',
    async (state) => {
      const { actions, panel, calls } = await rig();
      panel.kept.list = [aBackup('b1', { state })];
      await expect(
        actions['backups.restore']({ serverId, backup: 'b1', truncate: true }),
      ).rejects.toMatchObject({ problem: { code: 'conflict' } });
      expect(calls('restoreBackup')).toEqual([]);
    },
  );
});
