/**
 * The user's wishes for empty servers as rules (PLAYERS "When empty"). The wishes are in the setting `whenEmpty`.
 *
 * While the signal of a wish may not be sent, its rule is off. Otherwise the console would announce a stop that never
 * comes.
 */
import type { Rule } from '../../bridge/schema/rules.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { Watchable } from '../base/observable.js';
import type { FleetStore } from '../fleet/store.js';
import { blockOf, emptyRule, isSingle } from './empty-rule.js';

type Wishes = Settings['whenEmpty'];

export interface EmptyWishesDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: {
    readonly current: Pick<Settings, 'whenEmpty'>;
    listen(listener: (now: Settings) => void): () => void;
    update(change: (now: Settings) => Pick<Settings, 'whenEmpty'>): Promise<unknown>;
  };
  /** Whether Perch sends the signal of the wish now. */
  isSending(serverId: string): boolean;
}

interface Known {
  readonly wish: EmptyWish;
  readonly rule: Rule;
}

export class EmptyWishes extends Watchable<readonly Rule[]> {
  #known = new Map<string, Known>();
  /** Single wishes that are over, although the settings may still have them. */
  readonly #over = new Map<string, EmptyWish>();
  /** Servers with a wish whose process was last seen running. */
  readonly #running = new Set<string>();

  constructor(private readonly deps: EmptyWishesDeps) {
    super([]);
  }

  /** Returns the functions that end listening. */
  start(): readonly (() => void)[] {
    const { settings, store } = this.deps;
    const ends = [
      settings.listen(() => this.#arrange()),
      store.listen(({ changes }) => {
        if (this.#known.size === 0) return;
        for (const change of changes) {
          if (change.kind === 'server-upserted') this.#serverChanged(change.server.id);
          else if (change.kind === 'server-patched') this.#serverChanged(change.serverId);
        }
      }),
    ];
    this.#arrange();
    for (const id of this.#known.keys()) this.#serverChanged(id);
    return ends;
  }

  /** undefined = no wish for this server. */
  of(serverId: string): EmptyWish | undefined {
    return this.#known.get(serverId)?.wish;
  }

  /** Servers with a wish. */
  get servers(): readonly string[] {
    return [...this.#known.keys()];
  }

  /** Sets the wish for a server; null = Perch leaves the server alone. Rejects with `PerchError`. */
  async wish(serverId: string, wish: EmptyWish | null): Promise<void> {
    await this.deps.settings.update(({ whenEmpty }) => ({ whenEmpty: withWish(whenEmpty, serverId, wish) }));
  }

  /** The wish is over: its rule is off at once, and the wish leaves the settings. Rejects with `PerchError`. */
  async end(serverId: string): Promise<void> {
    const wish = this.of(serverId);
    if (wish === undefined) return;
    this.#over.set(serverId, wish);
    this.#arrange();
    if (isSame(wish, this.deps.settings.current.whenEmpty[serverId])) await this.wish(serverId, null);
  }

  #arrange(): void {
    const wishes = this.deps.settings.current.whenEmpty;
    for (const [id, wish] of this.#over) if (!isSame(wish, wishes[id])) this.#over.delete(id);
    const known = new Map<string, Known>();
    for (const [id, wish] of Object.entries(wishes)) {
      const before = this.#known.get(id);
      const isOn = this.#mayAct(id, wish);
      const isKept = before !== undefined && isSame(before.wish, wish) && before.rule.isOn === isOn;
      known.set(id, isKept ? before : { wish, rule: emptyRule(id, wish, isOn) });
    }
    const earlier = this.#known;
    const isChanged = known.size !== earlier.size || [...known].some(([id, one]) => earlier.get(id) !== one);
    this.#known = known;
    for (const id of this.#running) if (!known.has(id)) this.#running.delete(id);
    // A process that runs already sends no change until its end, and a new wish is about this process.
    for (const id of known.keys()) if (!earlier.has(id)) this.#noteRunning(id);
    if (isChanged) this.set([...known.values()].map(({ rule }) => rule));
  }

  #mayAct(serverId: string, wish: EmptyWish): boolean {
    const server = this.deps.store.state.servers.get(serverId);
    return !this.#over.has(serverId) && (server === undefined || blockOf(server, wish.does) === null);
  }

  #noteRunning(serverId: string): void {
    if (this.deps.store.state.servers.get(serverId)?.power === 'running') this.#running.add(serverId);
  }

  #serverChanged(serverId: string): void {
    const known = this.#known.get(serverId);
    const server = this.deps.store.state.servers.get(serverId);
    if (known === undefined || server === undefined) return;
    if (this.#mayAct(serverId, known.wish) !== known.rule.isOn) this.#arrange();
    this.#noteRunning(serverId);
    // While the state is unknown, the process may still be the same.
    const hasEnded = server.power !== null && server.power !== 'running';
    if (hasEnded && this.#running.delete(serverId)) this.#processEnded(serverId, known.wish);
  }

  /** A single restart was meant for this process, however the process ended. */
  #processEnded(serverId: string, wish: EmptyWish): void {
    if (!isSingle(wish) || this.deps.isSending(serverId)) return;
    // If the settings cannot be written, the next end of the process tries again.
    void this.end(serverId).catch(() => undefined);
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
