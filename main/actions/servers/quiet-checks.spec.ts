import { describe, expect, it } from 'vitest';
import { anActionsRig } from '../../../tests/support/actions-rig.js';
import { aBackup } from '../../../tests/support/fake-backups.js';
import { aPanelServer, aRecord } from '../../../tests/support/fleet-fakes.js';
import type { QuietMeans } from '../../../bridge/schema/quiet-backups.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import { findRoom, readyForQuiet } from './quiet-checks.js';

const serverId = 'home/u1';

async function ready(means: QuietMeans, fields: ServerPatch, used = 0) {
  const rig = await anActionsRig([aRecord()]);
  rig.panel.list = [aPanelServer('u1')];
  await rig.fleet.retryAccount('home');
  await rig.clock.advance(1000);
  rig.panel.kept.list = Array.from({ length: used }, (_, index) => aBackup(`b${index}`));
  const patch = { limits: { memoryBytes: null, diskBytes: null, cpuPercent: null, backups: 2 }, ...fields };
  rig.store.apply([{ kind: 'server-patched', serverId, patch }]);
  const looked = { server: (id: string) => ({ ...rig.fleet.server(id), refresh: async () => undefined }) };
  const fleet = { ...looked } as unknown as typeof rig.fleet;
  const server = await readyForQuiet({ store: rig.store, fleet }, serverId, () => means);
  return { server, look: () => findRoom(rig, server) };
}

const all = ['backup.create', 'backup.read', 'control.console', 'control.stop', 'control.start'];
const without = (permission: string): string[] => all.filter((each) => each !== permission);

describe('a quiet backup', () => {
  it.each<[QuietMeans, ServerPatch]>([
    ['saving', { power: 'running', permissions: all }],
    ['saving', { power: 'running', permissions: without('control.stop') }],
    ['stop', { power: 'offline', permissions: without('control.start') }],
    ['as-is', { power: 'running', permissions: ['backup.create'] }],
  ])('%s may begin with %j', async (means, fields) => {
    const { server, look } = await ready(means, fields);
    expect(server).toMatchObject({ id: serverId });
    await look();
  });

  it.each<[QuietMeans, string]>([
    ['as-is', 'backup.create'],
    ['saving', 'control.console'],
    ['stop', 'control.start'],
    ['stop', 'control.stop'],
  ])('%s needs %s', async (means, permission) => {
    const refused = ready(means, { power: 'running', permissions: without(permission) });
    await expect(refused).rejects.toMatchObject({ problem: { code: 'forbidden', permission } });
  });

  it('touches no server whose panel keeps no further backup', async () => {
    const { look } = await ready('stop', { power: 'running', permissions: all }, 2);
    await expect(look()).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'panel.backup-limit' } },
    });
  });
});
