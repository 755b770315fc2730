import { defaultSettings } from '../../bridge/settings/settings-table.js';
import type { PowerSignal } from '../../bridge/schema/domain.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import { memorySchema } from '../../bridge/schema/memory.js';
import { AccountBook } from '../../main/actions/account-book.js';
import { createActions, type Actions } from '../../main/actions/actions.js';
import { Backups } from '../../main/backups/backups.js';
import { BulkPower } from '../../main/actions/many/bulk-power.js';
import { refreshState, turnOf } from '../../main/actions/servers/refresh-first.js';
import { CopiedKeys } from '../../main/actions/copied-keys.js';
import type { Alert } from '../../main/alerts/alert.js';
import type { Notifier } from '../../main/alerts/notifier.js';
import type { Keychain, Log, Random } from '../../main/base/ports.js';
import { panelSecret } from '../../main/base/panel-secret.js';
import { KeychainVault } from '../../main/disk/vault.js';
import type { ConsoleListener } from '../../main/fleet/api.js';
import { Fleet } from '../../main/fleet/fleet.js';
import { LastKnownState } from '../../main/fleet/last-known-state.js';
import { FleetStore, type FleetEvent } from '../../main/fleet/store.js';
import { createPanelClient } from '../../main/panel/client.js';
import { OnlineWatch } from '../../main/shell/lifecycle/online-watch.js';
import { NodeAddresses } from '../../main/wings/node-addresses.js';
import { WingsSession } from '../../main/wings/session.js';
import type { Controls } from './person.js';
import { slowStartMinutes } from './slow-start.js';
import { SoakedQueries } from './soaked-queries.js';
import { HeldFields } from '../support/held-fields.js';
import { alertWishes, aNotifier } from '../support/a-notifier.js';
import { FakeHistories } from '../support/fleet-fakes.js';
import { trusting } from '../support/trusting.js';
import type { SoakDisk } from './soak-disk.js';
import type { SoakTime } from './soak-time.js';
import type { SoakWorld } from './soak-world.js';
import { someSignals } from '../support/sent-signals.js';

export interface SoakedPerchDeps {
  world: SoakWorld;
  time: SoakTime;
  random: Random;
  /** For the questions to games. */
  gameRandom: Random;
  keyring: Keychain;
  /** Data that the previous run left. */
  disk: SoakDisk;
  /** A few letters that are unique to the run. */
  run: string;
  onAlert(alert: Alert): void;
  /** A new entry of the event log. */
  onEntry(event: HistoryEvent): void;
  /** Perch sends a signal to a server because nobody was on for so many minutes. */
  onEmpty(serverId: string, minutes: number): void;
  /** Called for each signal of the person, single or bulk; returns the function to call if the signal is refused. */
  onSignal(serverId: string, signal: PowerSignal, isBulk: boolean): (error: unknown) => void;
}

/** Store that counts its listeners. */
class CountingStore extends FleetStore {
  listeners = 0;

  override listen(listener: (event: FleetEvent) => void): () => void {
    const end = super.listen(listener);
    this.listeners += 1;
    let isOver = false;
    return () => {
      if (!isOver) this.listeners -= 1;
      isOver = true;
      end();
    };
  }
}

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Main's modules without Electron, assembled as in `main/app.ts`, on the ports of a model world. */
export class SoakedPerch {
  readonly store = new CountingStore();
  readonly fleet: Fleet;
  readonly actions: Actions;
  readonly bulk: BulkPower;
  readonly #telling: Notifier;
  readonly #lastKnownState: LastKnownState;
  readonly #online: OnlineWatch;
  readonly #queries: SoakedQueries;
  readonly #deps: SoakedPerchDeps;

  constructor(deps: SoakedPerchDeps) {
    this.#deps = deps;
    const { store } = this;
    const { world, random, time } = deps;
    const { clock } = time;
    const vault = new KeychainVault({
      loadKeychain: () => Promise.resolve(deps.keyring),
      clock,
      platform: 'linux',
      changed: () => this.fleet.onKeychain(),
    });
    const addresses = new NodeAddresses(clock);
    const sent = someSignals(clock, store, (serverId) => ({ bulk: this.bulk.isSending(serverId) }));
    this.fleet = new Fleet({
      store,
      clock,
      random,
      log: quiet,
      sent,
      connectPanel: (record) =>
        createPanelClient({
          panelUrl: record.panelUrl,
          label: () => record.label,
          http: world.networkOf(record.id).http(trusting(record.trusted)),
          authorize: (use) => vault.use(panelSecret(record), use),
          clock,
          log: quiet,
        }),
      openSession: (panel, server, tell) =>
        new WingsSession({
          serverUuid: server.uuid,
          origin: panel.origin,
          ticket: () => panel.socketTicket(server.identifier),
          allowsUnencrypted: () => true,
          openSocket: world.sockets.openSocket,
          addresses,
          clock,
          random,
          log: quiet,
          tell,
        }),
    });
    const save = (): Promise<void> => Promise.resolve();
    const book = new AccountBook({ load: () => Promise.resolve(world.records), save });
    book.listen((record) => this.fleet.recordChanged(record));
    let ids = 0;
    const newId = (): string => `id${++ids}`;
    const never = (): Promise<never> => Promise.reject(new Error('A history adds no panel.'));
    const { facts } = this.fleet;
    const backups = new Backups({ store, fleet: this.fleet, facts, clock, madeByRule: () => [] });
    this.actions = createActions({
      store,
      fleet: this.fleet,
      backups,
      actorOf: () => ({ kind: 'me', bulk: false }),
      book,
      clock,
      vault,
      network: { certificateOf: never, routeTo: never },
      copiedKeys: new CopiedKeys({ clock, copied: { read: never } }),
      copyText: never,
      computer: () => 'desk',
      demo: { start: never, stop: () => Promise.resolve() },
      sftpKeys: { withdraw: () => Promise.resolve(), drop: () => Promise.resolve() },
      histories: new FakeHistories(),
      startupSet: () => undefined,
      schedulesChanged: () => undefined,
      peopleChanged: () => undefined,
      accountRemoved: () => Promise.resolve(),
      log: quiet,
      probePanel: () => {
        throw new Error('A history adds no panel.');
      },
      panelKind: () => Promise.resolve(null),
      newId,
    });
    this.bulk = new BulkPower({
      store,
      clock,
      log: quiet,
      settings: { current: defaultSettings },
      memory: new HeldFields(memorySchema.parse({})),
      refresh: (serverId) => refreshState({ store, fleet: this.fleet }, serverId),
      turn: (serverId) => turnOf({ store, fleet: this.fleet }, serverId),
      sendPower: (serverId, signal) => this.sendPower(serverId, signal),
      backUp: async (serverId) => {
        const wanted = { serverId, name: '', ignored: [], locked: false };
        return backups.whenEnded(serverId, await this.actions['backups.create'](wanted));
      },
      copySchedule: () => Promise.reject(new Error('A history has no schedules.')),
      setAccess: () => Promise.reject(new Error('A history shares no servers.')),
      tellPlayers: () => Promise.reject(new Error('A history has no messages to players.')),
      onEnded: () => undefined,
      newId,
    });
    this.#telling = aNotifier({
      store,
      facts: this.fleet.facts,
      clock,
      settings: alertWishes({ alerts: { ...defaultSettings.alerts, slowStartMinutes } }),
      memory: deps.disk.events,
      run: deps.run,
      pastCrashes: this.fleet.pastCrashes,
      onAlert: deps.onAlert,
      sent,
    });
    this.#lastKnownState = new LastKnownState({ store, clock, lastKnown: deps.disk });
    this.#online = new OnlineWatch({
      clock,
      isOnline: () => world.network.isOnline,
      onOnline: () => this.networkChanged(),
    });
    this.#queries = new SoakedQueries({
      ...deps,
      store,
      fleet: this.fleet,
      random: deps.gameRandom,
      log: quiet,
      look: (serverId) => refreshState({ store, fleet: this.fleet }, serverId),
      sendCommand: (serverId, command) => this.actions['command.send']({ serverId, command, again: true }),
      sendToEmpty: (serverId, signal, minutes) => {
        deps.onEmpty(serverId, minutes);
        return this.sendPower(serverId, signal);
      },
    });
  }

  /** Drops data that a real Perch would keep on disk only. */
  forgetPast(): void {
    this.#deps.disk.events.byId.clear();
  }

  start(): void {
    const { disk, world } = this.#deps;
    this.#telling.start();
    this.#telling.log.listen(({ event, before }) => {
      if (before === null) this.#deps.onEntry(event);
    });
    this.#queries.start();
    this.#lastKnownState.start(disk.known, world.records);
    disk.events.recalled.emit(undefined);
    this.fleet.start(world.records);
    this.#online.start();
  }

  /** Whether a quick answer of the game is wanted, by a person or for an empty server. */
  wantsAnswer(serverId: string): boolean {
    const { interests } = this.fleet;
    const isInSight = interests.isOpen(serverId) || interests.isVisible(serverId);
    return isInSight || this.#queries.isAskingAgain(serverId);
  }

  /** The computer woke up, or its network is back. */
  networkChanged(): void {
    this.fleet.onResume();
    this.#queries.networkChanged();
  }

  /** Sends a signal as a click does. */
  async sendPower(serverId: string, signal: PowerSignal): Promise<void> {
    const refused = this.#deps.onSignal(serverId, signal, this.bulk.isSending(serverId));
    try {
      await this.actions['power.send']({ serverId, signal });
    } catch (error) {
      refused(error);
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#online.stop();
    this.bulk.stop();
    this.#telling.stop();
    await this.#queries.stop();
    await this.#lastKnownState.stop();
    await this.fleet.stop();
  }

  /** Servers whose row and log disagree about an ongoing crash. */
  disagreements(): { serverId: string; what: string }[] {
    return [...this.store.state.servers.values()].flatMap(({ id, power, crashedAt, crash }) => {
      const isOpen = this.#telling.log
        .lastingOf(id)
        .some(({ what }) => what.kind === 'crashed' || what.kind === 'went-offline');
      // For the log, an unseen crash is over once the server has started again.
      const isOnRow = crashedAt !== null && power !== 'running' && crash?.unseen?.what !== 'restarted';
      if (power === null || isOpen === isOnRow) return [];
      return [{ serverId: id, what: `a crash that goes on ${isOpen ? 'in the log' : 'on the row'} alone` }];
    });
  }
}

/** Controls as windows use them. */
export function controlsOf(perch: () => SoakedPerch): Controls {
  return {
    get state() {
      return perch().store.state;
    },
    power: (serverId, signal) => perch().sendPower(serverId, signal),
    command: (serverId, command) => perch().actions['command.send']({ serverId, command }),
    openConsole: (serverId) => perch().fleet.consoles.watch(serverId, deaf),
    retryServer: (serverId) => perch().actions['server.retry']({ serverId }),
    retryAccount: (accountId) => perch().actions['accounts.retry']({ accountId }),
    bulk: (serverIds, signal) => {
      try {
        perch().bulk.start(serverIds, signal);
      } catch {
        // Ends a bulk action that is still running.
        perch().bulk.cancel();
      }
    },
  };
}

const deaf: ConsoleListener = {
  snapshot: () => undefined,
  lines: () => undefined,
  link: () => undefined,
  reset: () => undefined,
};
