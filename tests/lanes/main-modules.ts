/**
 * Main without Electron: its modules (`main/modules.ts`) with the real network, disk and clock, an in-memory keychain,
 * and no desktop.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Push } from '../../bridge/schema/wire.js';
import type { View } from '../../bridge/schema/view.js';
import type { Language } from '../../messages/messages.js';
import { systemClock as clock } from '../../main/base/clock.js';
import type { Keychain } from '../../main/base/ports.js';
import type { CallTable, Handlers } from '../../main/base/calls.js';
import { valueSource, type Sources } from '../../main/base/feed-source.js';
import { absenceSource } from '../../main/ipc/absence-source.js';
import { clockSource } from '../../main/ipc/clock-source.js';
import { Feeds } from '../../main/ipc/feeds.js';
import { Guard } from '../../main/ipc/guard.js';
import { Router } from '../../main/ipc/router.js';
import { WindowFailures } from '../../main/ipc/window-failures.js';
import { databaseDesktopCalls } from '../../main/shell/system/database-calls.js';
import { FakeLog } from '../support/fake-log.js';
import { modulesWithoutDesktop } from '../support/modules-without-desktop.js';
import { removeFolder } from '../support/remove-folder.js';

/** Id of the only window. */
export const windowId = 1;

export interface MainModules {
  readonly router: Router;
  readonly log: FakeLog;
  /** Texts that the window copied. */
  readonly copied: string[];
  /** Sets the target of pushes; the window counts as shown from then on. */
  show(push: (push: Push) => void): void;
  stop(): Promise<void>;
}

export async function startMainModules(): Promise<MainModules> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-lane-'));
  const log = new FakeLog();
  const modules = modulesWithoutDesktop({ dataFolder, log, keychain: keychainInMemory() });
  const { settings, memory, store, fleet, book, history, usageLog, notifier } = modules;
  let pushTo: ((push: Push) => void) | null = null;
  const sources: Sources = {
    ...modules.sources,
    consent: valueSource(fixed({ questions: [], allowances: [] })),
    updates: valueSource(fixed({ state: { kind: 'none' } as const, checkedAt: null, hasPage: false })),
    diagnosis: valueSource(fixed(null)),
    language: valueSource(fixed<Language>('en')),
    absence: absenceSource(clock),
    clock: clockSource(clock, { listen: () => () => undefined }),
    navigation: valueSource(fixed<View>({ kind: 'fleet' })),
    closed: valueSource(fixed(false)),
    palette: valueSource(fixed(0)),
    shortcut: valueSource(fixed<'none'>('none')),
  };
  const feeds = new Feeds({
    sources,
    windows: { isVisible: () => pushTo !== null, push: (_id, push) => pushTo?.(push) },
    log,
  });
  const copied: string[] = [];
  const failures = new WindowFailures({ clock, log });
  const handlers: Handlers = {
    ...modules.calls,
    ...desktopCalls(dataFolder, copied),
    ...databaseDesktopCalls({
      databases: modules.databases,
      browser: { openDatabase: () => Promise.resolve() },
      clipboard: { write: (text) => Promise.resolve(void copied.push(text)) },
    }),
    'window.setShown': ({ serverIds }, { webContentsId }) =>
      fleet.interests.setShown(webContentsId, serverIds),
    'window.failed': (failure) => failures.report(failure),
  };
  const guard = new Guard({
    clock,
    log,
    // Each call counts as pressed and confirmed by the person.
    presses: {
      pays: () => true,
      paysOnce: () => true,
      hasPaid: () => true,
      isRecent: () => true,
      grant: () => undefined,
      met: () => undefined,
    },
    isAssisted: () => false,
    ask: () => Promise.resolve(true),
    known: () => ({ fleet: store.state, settings: settings.current, rules: modules.rules.book.current }),
  });
  await settings.start();
  await memory.start(settings);
  usageLog.start();
  modules.stateLog.start();
  modules.backups.start();
  modules.begunBackups.start();
  notifier.start();
  fleet.start(await book.load());
  history.start([]);
  return {
    router: new Router({ handlers, feeds, guard, isOurs: (id) => id === windowId, log }),
    log,
    copied,
    show(push) {
      pushTo = push;
      feeds.setVisible(windowId, true);
      fleet.interests.setInSight(windowId, true);
    },
    async stop() {
      pushTo = null;
      feeds.stop();
      await modules.stop();
      await settings.stop();
      await memory.stop();
      await removeFolder(dataFolder);
    },
  };
}

/** A preference with a fixed value. */
function fixed<T>(current: T) {
  return { current, listen: () => () => undefined };
}

function keychainInMemory(): Keychain {
  const kept = new Map<string, string>();
  const nameOf = (service: string, account: string): string => `${service}/${account}`;
  return {
    getPassword: async (service, account) => kept.get(nameOf(service, account)) ?? null,
    setPassword: async (service, account, password) => void kept.set(nameOf(service, account), password),
    deletePassword: async (service, account) => kept.delete(nameOf(service, account)),
  };
}

/** Calls for parts that this lane lacks: desktop, updates, diagnostics, and programs that ask for access. */
function desktopCalls(dataFolder: string, copied: string[]) {
  const nothing = (): void => undefined;
  const noFile = () => ({ path: null });
  return {
    'app.info': () => ({ version: '0.0.0', platform: 'linux', hasTray: true, dataFolder, isPortable: false }),
    'app.openLogs': nothing,
    'app.quit': nothing,
    'autostart.read': () => ({ isOn: false }),
    'autostart.set': nothing,
    'window.open': nothing,
    'window.close': nothing,
    'window.drawn': nothing,
    'window.setDrafts': nothing,
    'window.setView': nothing,
    'window.setHeight': nothing,
    'panel.open': nothing,
    'sftp.open': nothing,
    'panel.openKeyPage': nothing,
    'link.open': nothing,
    'clipboard.write': ({ text }) => void copied.push(text),
    'console.save': noFile,
    'chart.save': noFile,
    'events.save': noFile,
    'backups.download': () => ({ transfer: null }),
    'files.download': () => ({ transfers: null }),
    'files.upload': () => ({ transfers: null, leftOut: 0 }),
    'transfers.show': nothing,
    'copies.chooseFolder': nothing,
    'ownEditor.open': nothing,
    'ownEditor.chooseProgram': nothing,
    'ownEditor.forgetProgram': nothing,
    'copies.show': nothing,
    'copies.saveFile': noFile,
    'rules.export': noFile,
    'rules.chooseImport': () => null,
    'schedules.export': noFile,
    'schedules.chooseImport': () => null,
    'exports.save': noFile,
    'exports.choose': () => null,
    'diagnosis.run': nothing,
    'diagnosis.report': () => ({ text: '' }),
    'diagnosis.save': noFile,
    'consent.answer': nothing,
    'consent.withdraw': nothing,
    'updates.check': nothing,
    'updates.download': nothing,
    'updates.cancel': nothing,
    'updates.skip': nothing,
    'updates.restart': nothing,
    'updates.openPage': nothing,
  } satisfies CallTable;
}
