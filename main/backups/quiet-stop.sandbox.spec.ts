/** A quiet backup that stops the server: real panel, node, archive and client; only the time limits are shortened. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { QuietRecord } from '../../bridge/schema/quiet-backups.js';
import { BackupStage, eventually } from '../../tests/support/backup-stage.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { findRoom, readyForQuiet } from '../actions/servers/quiet-checks.js';
import { systemClock } from '../base/clock.js';
import type { Clock } from '../base/ports.js';
import { QuietBackups } from './quiet-backups.js';
import { modulesWithoutDesktop } from '../../tests/support/modules-without-desktop.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

/** The minute of the warning takes six seconds, and every time limit a tenth. */
const hurried: Clock = {
  now: () => systemClock.now(),
  wall: () => systemClock.wall(),
  after: (ms, run) => systemClock.after(ms / 10, run),
};

/** Main without a desktop, connected to the sandbox. */
async function aPerch() {
  const stage = new BackupStage();
  await stage.start('reference');
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-quiet-'));
  const modules = modulesWithoutDesktop({ dataFolder });
  await modules.settings.start();
  await modules.memory.start(modules.settings);
  modules.backups.start();
  modules.fleet.start(await modules.book.load());
  const input = { url: stage.control.panelUrl, key: stage.control.keyOf('owner'), keep: 'memory' } as const;
  await modules.actions['accounts.add'](input, { webContentsId: 1 });
  const stop = async (): Promise<void> => {
    await modules.stop();
    await modules.settings.stop();
    await modules.memory.stop();
    await stage.stop();
    await removeFolder(dataFolder);
  };
  return { stage, modules, stop };
}

test('players are warned, the server is stopped for its backup, and started afterwards', async () => {
  const { stage, modules, stop } = await aPerch();
  onTestFinished(stop);
  const { store, fleet, backups, actions, settings } = modules;
  const server = await eventually(
    () => [...store.state.servers.values()].find(({ name }) => name === 'Survival'),
    (found) => found?.power === 'running',
  );
  const serverId = server?.id ?? '';
  /** Events of the server, oldest first. */
  const trail: string[] = ['running'];
  const unlisten = store.listen(({ next }) => {
    const power = next.servers.get(serverId)?.power ?? 'unknown';
    if (power !== trail.findLast((step) => step !== 'create' && step !== 'warn')) trail.push(power);
  });
  let kept: readonly QuietRecord[] = [];
  const quiet = new QuietBackups({
    clock: hurried,
    log: new FakeLog(),
    store,
    consoles: fleet.consoles,
    facts: fleet.facts,
    kept: {
      load: () => Promise.resolve([]),
      save: async (records) => void (kept = records),
    },
    settings: {
      current: {
        restartWarning: { ...settings.current.restartWarning, minutes: 1 },
        quietBackups: { [serverId]: 'stop' },
      },
    },
    backups,
    prepare: (id, meansOf) => readyForQuiet({ store, fleet }, id, meansOf),
    findRoom: (of) => findRoom({ store, backups }, of),
    sendCommand: async (id, command) => {
      if (command.startsWith('say The server stops in')) trail.push('warn');
      await actions['command.send']({ serverId: id, command, again: true });
    },
    sendPower: (id, signal) => actions['power.send']({ serverId: id, signal }),
    create: async (wanted) => {
      trail.push('create');
      expect(kept).toMatchObject([{ serverId, owed: 'start' }]);
      return actions['backups.create']({ ...wanted, ignored: [...wanted.ignored] });
    },
  });
  onTestFinished(() => quiet.stop());
  await quiet.start();
  await quiet.begin({ serverId, name: 'Quiet', ignored: [], locked: false });
  const made = await quiet.made(serverId);
  expect(await quiet.over(serverId)).toEqual({ owed: null, trouble: null });
  await eventually(
    () => store.state.servers.get(serverId)?.power,
    (power) => power === 'running',
  );
  unlisten();
  expect(trail.filter((step, at) => step !== trail[at - 1])).toEqual([
    'running',
    'warn',
    'stopping',
    'offline',
    'create',
    'starting',
    'running',
  ]);
  expect(kept).toEqual([]);
  expect(await stage.view(made.id)).toMatchObject({ name: 'Quiet', is_successful: true });
});
