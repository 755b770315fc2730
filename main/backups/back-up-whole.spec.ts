import { expect, it } from 'vitest';
import type { Backup } from '../../bridge/schema/backups.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import { QuietRig, quietServer } from '../../tests/support/quiet-rig.js';
import { backUpWhole } from './back-up-whole.js';

/** A backup of everything, quiet or not, of a server with a console. */
async function begun(isQuiet: boolean) {
  const rig = new QuietRig('saving');
  await rig.perch.start();
  let end: (backup: Backup | null) => void = () => undefined;
  const created: unknown[] = [];
  const followed = await backUpWhole(
    {
      quiet: rig.perch,
      create: async (wanted) => {
        created.push(wanted);
        return aBackup('b1');
      },
      backups: {
        whenEnded: () => ({ ended: new Promise((resolve) => (end = resolve)), stop: () => undefined }),
      },
    },
    quietServer,
    isQuiet,
  );
  return { rig, created, ended: followed.ended, end: (backup: Backup | null) => end(backup) };
}

it('a backup ends with its last state', async () => {
  const { created, ended, end } = await begun(false);
  end(aBackup('b1', { state: 'failed' }));
  expect(await ended).toMatchObject({ state: 'failed' });
  expect(created).toEqual([{ serverId: quietServer, name: '', ignored: [], locked: false }]);
});

it('a quiet backup ends when the server is back', async () => {
  const { rig, ended, end } = await begun(true);
  let isEnded = false;
  void ended.then(() => (isEnded = true));
  await rig.clock.advance(10_000);
  end(aBackup('b1'));
  await rig.clock.advance(1000);
  expect([isEnded, rig.isSaving]).toEqual([false, false]);
  await rig.clock.advance(60_000);
  expect(await ended).toMatchObject({ id: 'b1', state: 'good' });
  expect(rig.isSaving).toBe(true);
});

it('a quiet backup fails if the server is not back, or if it never began', async () => {
  const stuck = await begun(true);
  stuck.rig.refused.set('save-on', aProblem('node-unreachable'));
  const notBack = expect(stuck.ended).rejects.toMatchObject({
    problem: { message: { id: 'quiet.still-save-on' } },
  });
  await stuck.rig.clock.advance(3_600_000);
  await notBack;
  const refused = await begun(true);
  refused.rig.refused.set('create', aProblem('rate-limited'));
  const unmade = expect(refused.ended).rejects.toMatchObject({ problem: { code: 'rate-limited' } });
  await refused.rig.clock.advance(3_600_000);
  await unmade;
});
