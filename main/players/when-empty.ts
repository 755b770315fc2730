/**
 * Stops or restarts servers that nobody has been on for a while, as the user wishes for each server (PLAYERS "When empty").
 *
 * The wishes are in the setting `whenEmpty`. Times count only while Perch runs: quitting ends every countdown.
 */
import type { Actor } from '../../bridge/schema/events.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { EmptyWatch, EmptyWish } from '../../bridge/schema/when-empty.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { Alarm } from '../base/alarm.js';
import { Ends } from '../base/ends.js';
import { Watchable } from '../base/observable.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';
import { PlayerProof } from './player-proof.js';
import { isSingle } from './when-empty-decision.js';
import { EmptyServer, type EmptyServerDeps } from './when-empty-server.js';

type EmptyRecord = Memory['emptyServers'][number];
type Wishes = Settings['whenEmpty'];

export interface WhenEmptyDeps extends Omit<EmptyServerDeps, 'store' | 'isProven'> {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: {
    readonly current: Pick<Settings, 'whenEmpty' | 'queryChoices'>;
    listen(listener: (now: Settings) => void): () => void;
    update(change: (now: Settings) => Pick<Settings, 'whenEmpty'>): Promise<unknown>;
  };
  readonly memory: {
    readonly current: Pick<Memory, 'emptyServers'>;
    update(change: (now: Memory) => Pick<Memory, 'emptyServers'>): Promise<unknown>;
  };
  /** Whether a zero of this game proves nothing until the game has once counted a player. */
  mayHidePlayers(server: Server): boolean;
}

/** Ms between two looks at a server that does not change. */
const lookEveryMs = 5000;
/** Longest time in ms that quitting waits for messages to consoles. */
const farewellMs = 2000;

export class WhenEmpty extends Watchable<readonly EmptyWatch[]> {
  readonly #servers = new Map<string, EmptyServer>();
  readonly #shown = new Map<string, EmptyWatch>();
  /** Whether a zero means that nobody is on. */
  readonly proof: PlayerProof;
  readonly #ends = new Ends();
  readonly #ticks: Alarm;

  constructor(private readonly deps: WhenEmptyDeps) {
    super([]);
    this.#ticks = new Alarm(deps.clock);
    this.proof = new PlayerProof(deps);
  }

  start(): void {
    const { settings, store } = this.deps;
    this.#ends.add(
      ...this.proof.start(),
      settings.listen(() => this.#arrange()),
      store.listen(({ changes }) => {
        if (this.#servers.size === 0) return;
        const others = changes.filter(({ kind }) => kind !== 'usage');
        if (others.some(({ kind }) => kind !== 'server-patched')) return this.#lookAtAll();
        for (const change of others) if (change.kind === 'server-patched') this.#look(change.serverId);
      }),
    );
    this.#arrange();
  }

  /** Ends all countdowns and tells the consoles, within two seconds. */
  async stop(): Promise<void> {
    this.#ends.end();
    this.#ticks.clear();
    const ended = [...this.#servers.values()].map((server) => server.end());
    this.#servers.clear();
    if (ended.length === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.deps.clock.after(farewellMs, resolve);
      void Promise.all(ended).then(() => {
        cancel();
        resolve();
      });
    });
  }

  /** Sets the wish for a server; null = the server is left alone. */
  async wish(serverId: string, wish: EmptyWish | null): Promise<void> {
    await this.deps.settings.update(({ whenEmpty }) => ({
      whenEmpty: withWish(whenEmpty, serverId, wish),
    }));
  }

  /** The time of this server begins anew. */
  keep(serverId: string): void {
    this.#servers.get(serverId)?.keep();
    this.#publish(serverId);
  }

  /** Why Perch sends a signal to this server now, for the event log. */
  senderOf(serverId: string): Pick<Extract<Actor, { kind: 'me' }>, 'emptyMinutes'> {
    const server = this.#servers.get(serverId);
    return server?.isSending === true ? { emptyMinutes: server.wish.minutes } : {};
  }

  #arrange(): void {
    const wishes = this.deps.settings.current.whenEmpty;
    for (const [id, server] of this.#servers) {
      if (isSame(server.wish, wishes[id])) continue;
      this.#servers.delete(id);
      void server.end();
      this.#publish(id);
    }
    for (const [id, wish] of Object.entries(wishes)) {
      if (!this.#servers.has(id)) this.#servers.set(id, this.#follow(id, wish));
    }
    this.#lookAtAll();
    if (this.#servers.size === 0) this.#ticks.clear();
    else if (!this.#ticks.isSet) this.#tick();
  }

  #follow(id: string, wish: EmptyWish): EmptyServer {
    const deps: EmptyServerDeps = {
      ...this.deps,
      isBusy: (server) => this.deps.isBusy(server) || this.#isTwinActing(server),
      isProven: (server) => this.proof.isProven(server),
    };
    const endWish = (): void => {
      if (!isSame(wish, this.deps.settings.current.whenEmpty[id])) return;
      // If the settings cannot be written, the next end of the process tries again.
      void this.wish(id, null).catch(() => undefined);
    };
    return new EmptyServer(deps, id, wish, {
      changed: () => this.#publish(id),
      acted: () => {
        this.#note(id, (known) => ({ ...known, times: known.times + 1 }));
        if (isSingle(wish)) endWish();
      },
      passed: endWish,
    });
  }

  #tick(): void {
    this.#ticks.set(lookEveryMs, () => {
      this.#tick();
      this.#lookAtAll();
    });
  }

  #lookAtAll(): void {
    for (const id of [...this.#servers.keys()]) this.#look(id);
  }

  #look(serverId: string): void {
    const power = this.deps.store.state.servers.get(serverId)?.power ?? 'running';
    // The next process may be set up so that its game counts nobody.
    if (power !== 'running') this.proof.forget(serverId);
    this.#servers.get(serverId)?.look();
    this.#publish(serverId);
  }

  /** Two accounts may have a wish for the same server. */
  #isTwinActing(server: Server): boolean {
    return twinsOf(this.deps.store.state, server).some(
      ({ id }) => id !== server.id && this.#servers.get(id)?.isActing === true,
    );
  }

  #known(serverId: string): EmptyRecord {
    const known = this.deps.memory.current.emptyServers.find((one) => one.serverId === serverId);
    return known ?? { serverId, times: 0 };
  }

  /** Keeps the record of the server for the next run. */
  #note(serverId: string, change: (known: EmptyRecord) => EmptyRecord): void {
    const known = (): EmptyRecord => change(this.#known(serverId));
    void this.deps.memory
      .update(({ emptyServers }) => ({
        emptyServers: [known(), ...emptyServers.filter((one) => one.serverId !== serverId)].slice(
          0,
          mostKept.whenEmpty,
        ),
      }))
      .catch(() => undefined);
  }

  #publish(serverId: string): void {
    const server = this.#servers.get(serverId);
    const isShown = server !== undefined && this.deps.store.state.servers.has(serverId);
    const shown = isShown ? { ...server.shown, times: this.#known(serverId).times } : null;
    if (JSON.stringify(shown) === JSON.stringify(this.#shown.get(serverId) ?? null)) return;
    if (shown === null) this.#shown.delete(serverId);
    else this.#shown.set(serverId, shown);
    this.set([...this.#shown.values()]);
  }
}

function isSame(wish: EmptyWish, other: EmptyWish | undefined): boolean {
  return JSON.stringify(wish) === JSON.stringify(other);
}

function withWish(wishes: Wishes, serverId: string, wish: EmptyWish | null): Wishes {
  const others = Object.entries(wishes).filter(([id]) => id !== serverId);
  // Beyond the limit, the oldest wish is dropped.
  const kept = others.slice(-(mostKept.whenEmpty - 1));
  return Object.fromEntries(wish === null ? others : [...kept, [serverId, wish]]);
}
