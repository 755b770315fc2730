/**
 * Main without Electron: its modules (`main/modules.ts`) with the real network, disk and clock, a keychain in memory, and no
 * desktop.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Push } from '../../bridge/schema/wire.js';
import type { View } from '../../bridge/schema/view.js';
import type { Language } from '../../messages/messages.js';
import { systemClock as clock } from '../../main/base/clock.js';
import type { Keychain } from '../../main/base/ports.js';
import { Feeds } from '../../main/ipc/feeds.js';
import { Guard } from '../../main/ipc/guard.js';
import { createHandlers, type HandlerDeps } from '../../main/ipc/handlers.js';
import { Router } from '../../main/ipc/router.js';
import { createSources } from '../../main/ipc/sources.js';
import { valueSource } from '../../main/ipc/value-source.js';
import { WindowFailures } from '../../main/ipc/window-failures.js';
import { createModules } from '../../main/modules.js';
import { aNetwork } from '../support/direct-network.js';
import { FakeLog } from '../support/fake-log.js';

/** The one window that there is. */
export const windowId = 1;

export interface MainModules {
  readonly router: Router;
  readonly log: FakeLog;
  /** What the window copied. */
  readonly copied: string[];
  /** Where pushes go; a window that is shown gets them. */
  show(push: (push: Push) => void): void;
  stop(): Promise<void>;
}

export async function startMainModules(): Promise<MainModules> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-lane-'));
  const log = new FakeLog();
  const keychain = keychainInMemory();
  const modules = createModules({
    clock,
    random: Math.random,
    network: () => aNetwork(),
    loadKeychain: () => Promise.resolve(keychain),
    platform: 'linux',
    dataFolder,
    copied: { read: () => Promise.resolve('') },
    demo: { start: () => Promise.reject(new Error('There is no demo here.')), stop: () => Promise.resolve() },
    isTime: () => Promise.resolve(),
    onAlert: () => undefined,
    onWithdrawn: () => undefined,
    onNotRestarted: () => undefined,
    log,
  });
  const {
    proxy,
    notices,
    settings,
    store,
    fleet,
    book,
    actions,
    bulk,
    warned,
    history,
    usageLog,
    telling,
    consoles,
  } = modules;
  let pushTo: ((push: Push) => void) | null = null;
  const feeds = new Feeds({
    sources: createSources({
      clock,
      store,
      usageLog,
      consoles,
      bulk,
      warned,
      notices,
      settings,
      shortcut: fixed<'none'>('none'),
      consent: fixed({ questions: [], allowances: [] }),
      updates: fixed({ state: { kind: 'none' } as const, checkedAt: null, hasPage: false }),
      doctor: fixed(null),
      language: fixed<Language>('en'),
      log: telling.log,
      wake: { listen: () => () => undefined },
      windows: {
        navigation: valueSource(fixed<View>({ kind: 'fleet' })),
        closed: valueSource(fixed(false)),
        palette: valueSource(fixed(0)),
      },
    }),
    windows: { isVisible: () => pushTo !== null, push: (_id, push) => pushTo?.(push) },
    log,
  });
  const copied: string[] = [];
  const handlers = createHandlers({
    actions,
    backup: modules.backup,
    store,
    consoles,
    bulk,
    warned,
    settings,
    interests: fleet.interests,
    past: history,
    notices,
    proxy,
    consent: { answer: () => undefined, withdraw: () => undefined },
    updates: {
      check: () => Promise.resolve(),
      download: () => Promise.resolve(),
      cancel: () => undefined,
      skip: () => undefined,
      restart: () => Promise.resolve(),
      openPage: () => Promise.resolve(),
    },
    autostart: { isOn: () => Promise.resolve(false), set: () => Promise.resolve() },
    windowFailures: new WindowFailures({ clock, log }),
    doctor: { run: () => Promise.resolve(), report: () => '' },
    desktop: noDesktop(dataFolder, copied),
  });
  const guard = new Guard({
    ...{ clock, log },
    // The person presses before each call, and agrees.
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
    known: () => ({ fleet: store.state, settings: settings.current }),
  });
  await settings.start();
  usageLog.start();
  modules.stateLog.start();
  telling.start();
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
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A value that nobody changes here. */
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

function noDesktop(dataFolder: string, copied: string[]): HandlerDeps['desktop'] {
  const nothing = (): void => undefined;
  return {
    info: () => ({ version: '0.0.0', platform: 'linux', hasTray: true, dataFolder, isPortable: false }),
    openLogs: () => Promise.resolve(),
    quit: nothing,
    openView: nothing,
    closeWindow: nothing,
    windowDrawn: nothing,
    setDrafts: nothing,
    setView: nothing,
    setHeight: nothing,
    openPanel: () => Promise.resolve(),
    openKeyPage: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
    writeClipboard: async (text) => void copied.push(text),
    saveConsole: () => Promise.resolve(null),
    saveEvents: () => Promise.resolve(null),
    saveChart: () => Promise.resolve(null),
    saveReport: () => Promise.resolve(null),
    saveBackup: () => Promise.resolve(null),
    chooseBackup: () => Promise.resolve(null),
  };
}
