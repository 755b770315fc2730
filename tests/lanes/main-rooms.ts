/**
 * Main without Electron: its rooms as `main/app.ts` puts them together, with the real network, disk and clock, a keychain in
 * memory, and no desktop. A room that is new there has to be put in here as well, or a call of the contract has no handler,
 * which does not compile.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Push, View } from '../../bridge/contract.js';
import type { Language } from '../../words/words.js';
import { AccountBook } from '../../main/actions/account-book.js';
import { createActions } from '../../main/actions/actions.js';
import { Agreements } from '../../main/actions/agreements.js';
import { BulkPower } from '../../main/actions/bulk-power.js';
import { createTelling } from '../../main/alerts/telling.js';
import { systemClock as clock } from '../../main/base/clock.js';
import type { Keychain } from '../../main/base/ports.js';
import { AccountRecordsFile } from '../../main/disk/account-records.js';
import { CommandHistoriesFile } from '../../main/disk/command-histories.js';
import { Notices } from '../../main/disk/notices.js';
import { SettingsFile } from '../../main/disk/settings.js';
import { KeychainVault } from '../../main/disk/vault.js';
import { Fleet } from '../../main/fleet/fleet.js';
import { FleetStore } from '../../main/fleet/store.js';
import { StateLog } from '../../main/fleet/usage/state-log.js';
import { UsageLog } from '../../main/fleet/usage/usage-log.js';
import { History } from '../../main/history/history.js';
import { ConsoleSource } from '../../main/ipc/console-source.js';
import { Feeds } from '../../main/ipc/feeds.js';
import { createHandlers, type HandlerDeps } from '../../main/ipc/handlers.js';
import { Router } from '../../main/ipc/router.js';
import { createSources } from '../../main/ipc/sources.js';
import { valueSource } from '../../main/ipc/value-source.js';
import { WindowFailures } from '../../main/ipc/window-failures.js';
import { createPanelClient } from '../../main/panel/client.js';
import { connectPanel } from '../../main/panel/connect-panel.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import { aNetwork } from '../support/direct-network.js';
import { FakeLog } from '../support/fake-log.js';

/** The one window that there is. */
export const windowId = 1;

export interface MainRooms {
  readonly router: Router;
  readonly log: FakeLog;
  /** What the window copied. */
  readonly copied: string[];
  /** Where pushes go; a window that is shown gets them. */
  show(push: (push: Push) => void): void;
  stop(): Promise<void>;
}

export async function startMainRooms(): Promise<MainRooms> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'perch-lane-'));
  const log = new FakeLog();
  const network = aNetwork();
  const notices = new Notices();
  const setAside = (): void => undefined;
  const settings = new SettingsFile(join(dataFolder, 'settings.json'), log, setAside);
  const keychain = keychainInMemory();
  const vault = new KeychainVault({
    loadKeychain: () => Promise.resolve(keychain),
    clock,
    platform: 'linux',
  });
  const store = new FleetStore();
  const book = new AccountBook(new AccountRecordsFile({ folder: dataFolder, log, setAside }));
  const agreements = new Agreements({ book, log });
  const addresses = new NodeAddresses(clock);
  const fleet = new Fleet({
    store,
    clock,
    random: Math.random,
    log,
    connectPanel: (record) =>
      connectPanel(record, {
        label: () => record.label,
        trust: agreements.trustOf(record.id, new URL(record.panelUrl).host),
        network,
        vault,
        isTime: Promise.resolve(),
        clock,
        log,
      }),
    openSession: (panel, server, listener) =>
      new WingsSession({
        serverUuid: server.uuid,
        origin: panel.origin,
        ticket: () => panel.socketTicket(server.identifier),
        openSocket: network.sockets((host) => agreements.trustOf(server.accountId, host)),
        addresses,
        clock,
        random: Math.random,
        log,
        listener,
      }),
  });
  book.listen((record) => fleet.recordChanged(record));
  const histories = new CommandHistoriesFile({ folder: dataFolder, clock, log, setAside });
  const actions = createActions({
    store,
    fleet,
    book,
    vault,
    network,
    clock,
    demo: { start: () => Promise.reject(new Error('There is no demo here.')), stop: () => Promise.resolve() },
    histories,
    accountRemoved: () => Promise.resolve(),
    log,
    probePanel: ({ panelUrl, key, trusted }) =>
      createPanelClient({
        panelUrl,
        http: network.http({ agreed: () => trusted, outgrown: () => undefined }),
        authorize: (use) => use(key),
        clock,
        log,
      }),
    newId: randomUUID,
  });
  const bulk = new BulkPower({
    store,
    clock,
    log,
    settings,
    sendPower: (serverId, signal) => actions['power.send']({ serverId, signal }),
    newId: randomUUID,
  });
  const history = new History({
    folder: join(dataFolder, 'history'),
    clock,
    log,
    keeps: () => true,
    setAside,
    troubled: () => undefined,
  });
  const usageLog = new UsageLog({ store, clock, memory: history });
  const stateLog = new StateLog({ store, memory: history });
  const telling = createTelling({
    store,
    facts: fleet.facts,
    memory: history,
    deedsOf: (serverId) => fleet.deedsOf(serverId),
    clock,
    settings,
    isBulk: (serverId) => bulk.isSending(serverId),
    run: 'lane',
    onAlert: () => undefined,
    onWithdrawn: () => undefined,
  });
  const consoles = new ConsoleSource(fleet.consoles);
  let pushTo: ((push: Push) => void) | null = null;
  const feeds = new Feeds({
    sources: createSources({
      clock,
      store,
      usageLog,
      consoles,
      bulk,
      notices,
      settings,
      shortcut: fixed<'none'>('none'),
      consent: fixed({ questions: [], allowances: [] }),
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
    store,
    consoles,
    bulk,
    settings,
    interests: fleet.interests,
    past: history,
    notices,
    consent: { answer: () => undefined, withdraw: () => undefined },
    autostart: { isOn: () => Promise.resolve(false), set: () => Promise.resolve() },
    windowFailures: new WindowFailures({ clock, log }),
    desktop: noDesktop(dataFolder, copied),
  });
  await settings.start();
  usageLog.start();
  stateLog.start();
  telling.start();
  fleet.start(await book.load());
  history.start([]);
  return {
    router: new Router({ handlers, feeds, isOurs: (id) => id === windowId, log }),
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
      bulk.stop();
      telling.stop();
      stateLog.stop();
      await history.stop();
      usageLog.stop();
      await fleet.stop();
      await histories.stop();
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
    info: () => ({ version: '0.0.0', platform: 'linux', hasTray: true, dataFolder }),
    quit: nothing,
    openView: nothing,
    closeWindow: nothing,
    windowDrawn: nothing,
    setDrafts: nothing,
    setView: nothing,
    openPanel: () => Promise.resolve(),
    openLink: () => Promise.resolve(),
    writeClipboard: async (text) => void copied.push(text),
    saveConsole: () => Promise.resolve(null),
    saveEvents: () => Promise.resolve(null),
    saveChart: () => Promise.resolve(null),
  };
}
