/**
 * Turns the usage of every server into averaged samples of five seconds, for the memory and for listeners.
 * Polled servers of an account share the panel's call limit, so a fleet of thousands has no more samples than a fleet
 * of hundreds.
 */
import type { Change, FleetState } from '../../../bridge/fleet/changes.js';
import type { Server, Usage } from '../../../bridge/schema/domain.js';
import type { UsageSample } from '../../../bridge/schema/history.js';
import type { FleetEvent, FleetStore } from '../store.js';
import { Disposables } from '../../base/disposables.js';
import type { Clock } from '../../base/ports.js';
import type { UsageMemory } from '../../base/past.js';
import { Alarm } from '../../base/alarm.js';
import { UsageSampler } from './usage-sampler.js';

export interface UsageListener {
  /** The last hour. Comes first, and again when older samples were loaded. */
  snapshot(samples: readonly UsageSample[]): void;
  added(samples: readonly UsageSample[]): void;
}

/** Ms between removals of old samples, including those of servers without new usage. */
const sweepMs = 10 * 60_000;
const hourMs = 60 * 60_000;

export interface UsageLogDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  readonly memory: UsageMemory;
}

export class UsageLog {
  readonly #sweeps: Alarm;
  readonly #samplers = new Map<string, UsageSampler>();
  readonly #listeners = new Map<string, Set<UsageListener>>();
  readonly #disposables = new Disposables();
  #endRecall: () => void = () => undefined;

  constructor(private readonly deps: UsageLogDeps) {
    this.#sweeps = new Alarm(deps.clock);
  }

  start(): void {
    this.#disposables.add(this.deps.store.listen((event) => this.#take(event)));
    this.#endRecall = this.deps.memory.onRecalled(() => this.#tellAgain());
    this.#sweeps.every(sweepMs, () => this.#sweep());
  }

  stop(): void {
    this.#disposables.dispose();
    this.#endRecall();
    this.#sweeps.clear();
    for (const id of this.#samplers.keys()) this.deps.memory.forget(id);
    this.#samplers.clear();
  }

  /** Returns the function that ends watching. Unknown servers have no samples. */
  watch(serverId: string, listener: UsageListener): () => void {
    listener.snapshot(this.deps.memory.hour(serverId));
    const listeners = this.#listeners.get(serverId) ?? new Set();
    this.#listeners.set(serverId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(serverId) === listeners)
        this.#listeners.delete(serverId);
    };
  }

  #tellAgain(): void {
    for (const [serverId, listeners] of this.#listeners) {
      for (const listener of listeners) listener.snapshot(this.deps.memory.hour(serverId));
    }
  }

  #take({ changes, next }: FleetEvent): void {
    for (const change of changes) this.#one(change, next);
  }

  #one(change: Change, state: FleetState): void {
    switch (change.kind) {
      case 'usage':
        return this.#measured(state.servers.get(change.serverId), change.usage);
      case 'server-patched':
        // An ended process leaves a gap in the chart, not a line to the next process.
        if (change.patch.power === 'offline') this.#interrupt(change.serverId);
        return;
      case 'server-removed':
        this.#samplers.delete(change.serverId);
        this.deps.memory.forget(change.serverId);
        return;
      case 'account-removed':
        this.deps.memory.forgetAccount(change.accountId);
        for (const id of this.#samplers.keys()) if (!state.servers.has(id)) this.#samplers.delete(id);
        return;
      case 'account-upserted':
      case 'server-upserted':
        return;
    }
  }

  #measured(server: Server | undefined, usage: Usage | null): void {
    if (server === undefined) return;
    const { id, power, link, players = null } = server;
    if (usage === null || power === 'offline') return this.#interrupt(id);
    let sampler = this.#samplers.get(id);
    if (sampler === undefined) this.#samplers.set(id, (sampler = new UsageSampler()));
    this.#keep(id, sampler.add(usage, link.kind === 'live', players?.count ?? null));
  }

  #interrupt(serverId: string): void {
    this.#keep(serverId, this.#samplers.get(serverId)?.interrupt() ?? []);
  }

  #keep(serverId: string, samples: readonly UsageSample[]): void {
    if (samples.length === 0) return;
    for (const sample of samples) this.deps.memory.add(serverId, sample);
    for (const listener of this.#listeners.get(serverId) ?? []) listener.added(samples);
  }

  #sweep(): void {
    this.deps.memory.trim();
    const oldest = this.deps.clock.now() - hourMs;
    for (const [id, { lastAt }] of this.#samplers) if (lastAt < oldest) this.#samplers.delete(id);
  }
}
