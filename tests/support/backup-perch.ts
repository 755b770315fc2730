import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Happening } from '../../bridge/schema/events.js';
import { run } from '../../cli/run.js';
import { systemClock as clock } from '../../main/base/clock.js';
import type { Keychain } from '../../main/base/ports.js';
import { Reach } from '../../main/remote/reach.js';
import { BackupStage, eventually } from './backup-stage.js';
import type { Who } from './control-stage.js';
import { FakeLog } from './fake-log.js';
import { modulesWithoutDesktop } from './modules-without-desktop.js';
import { removeFolder } from './remove-folder.js';

/**
 * Main without a desktop, its command line, and the sandbox with real files and archives. Without a keychain keys stay in
 * memory. `joined` = the sandbox of another Perch, which ends with that one.
 */
export async function aBackupPerch(
  dialect: string,
  keychain: Keychain | null = null,
  joined: BackupStage | null = null,
) {
  const stage = joined ?? new BackupStage();
  if (joined === null) await stage.start(dialect);
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-backup-'));
  const downloads = join(dataFolder, 'downloads');
  mkdirSync(downloads);
  const log = new FakeLog();
  const modules = modulesWithoutDesktop({ dataFolder, log, keychain });
  const { settings, memory, notifier, fleet, book, actions } = modules;
  await settings.start();
  await memory.start(settings);
  modules.backups.start();
  modules.begunBackups.start();
  modules.copies.start();
  modules.crashReports.start();
  notifier.start();
  fleet.start(await book.load());
  await modules.transfers.start([]);
  modules.fileBackups.start();
  const reach = new Reach({
    ...modules,
    clock,
    platform: 'linux',
    dataFolder,
    versions: { perch: '0.0.0' },
    log: notifier.log,
    past: modules.history,
    newId: randomUUID,
    messages: log,
    doctor: { run: () => Promise.reject(new Error('Nobody asks for a diagnosis.')) },
    language: () => 'en',
    openView: () => undefined,
    downloadsFolder: () => downloads,
    user: process.getuid?.() ?? null,
  });
  reach.start();
  await eventually(
    () => reach.isOpen,
    (isOpen) => isOpen,
  );
  const perch = async (...words: string[]) => {
    const said = { out: '', err: '' };
    const terminal = {
      out: (text: string) => void (said.out += text),
      err: (text: string) => void (said.err += text),
      readLine: () => '',
      readAll: () => '',
      isShown: false,
      canAsk: false,
      hasColours: false,
    };
    const code = await run({ words, version: '0.0.0', dataFolder, refused: null, launch: null, terminal });
    return { code, ...said };
  };
  const json = async (...words: string[]): Promise<unknown> => {
    const { code, out, err } = await perch(...words, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return JSON.parse(out);
  };
  const isOfBackup = ({ kind }: Happening): boolean =>
    kind.startsWith('backup') || kind === 'restored' || kind === 'copy-failed';
  const happened = () => notifier.log.recent.map(({ what }) => what).filter(isOfBackup);
  const named = (name: string) => [...modules.store.state.servers.values()].find((one) => one.name === name);
  /** Waits until Perch knows that the panel takes calls about the server again. */
  const opened = () =>
    eventually(
      () => named('Survival')?.condition,
      (condition) => condition === 'normal',
    );
  const listed = () =>
    eventually(
      () => named('Survival'),
      (server) => server !== undefined,
    );
  const stop = async (): Promise<void> => {
    await reach.stop();
    await modules.stop();
    await settings.stop();
    await memory.stop();
    if (joined === null) await stage.stop();
    await removeFolder(dataFolder);
  };
  /** Connects the panel with the key of another user. */
  const connect = async (who: Who): Promise<void> => {
    const keep = keychain === null ? 'memory' : 'keychain';
    const input = { url: stage.control.panelUrl, key: stage.control.keyOf(who), keep } as const;
    await actions['accounts.add'](input, { webContentsId: 1 });
  };
  return {
    stage,
    calls: modules.calls,
    log,
    sources: modules.sources,
    revisions: modules.revisions,
    ownEditor: modules.ownEditor,
    watch: modules.configurationWatch,
    dataFolder,
    downloads,
    perch,
    json,
    happened,
    named,
    connect,
    listed,
    opened,
    store: modules.store,
    network: modules.network,
    transfers: modules.transfers,
    uploads: modules.uploads,
    crashReports: modules.crashReports,
    consent: reach.consent,
    stopModules: () => modules.stop(),
    stop,
  };
}
