/**
 * The last hour of every server's usage, as far as it was measured: stretches of five seconds, averaged. A sample takes
 * about 120 bytes. A server with a live session has up to 720; of those that are polled, all of an account together
 * have as many as there are polls an hour, so that a fleet of thousands costs no more than one of hundreds.
 */
import type { Change, FleetState } from '../../../bridge/changes.js';
import type { Server, Usage, UsageSample } from '../../../bridge/domain.js';
import type { FleetEvent, FleetStore } from '../store.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { Emitter } from '../../base/emitter.js';
import { UsageSeries } from './usage-series.js';

export interface UsageListener {
  /** Comes first, once: the last hour. */
  snapshot(samples: readonly UsageSample[]): void;
  added(samples: readonly UsageSample[]): void;
}

/** How often old samples are dropped, also those of servers that are no longer measured. */
const sweepMs = 10 * 60_000;

export class UsageLog {
  readonly #store: Pick<FleetStore, 'state' | 'listen'>;
  readonly #clock: Clock;
  readonly #sweeps: Alarm;
  readonly #series = new Map<string, UsageSeries>();
  readonly #added = new Map<string, Emitter<readonly UsageSample[]>>();
  #unlisten: () => void = () => undefined;

  constructor(store: Pick<FleetStore, 'state' | 'listen'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#sweeps = new Alarm(clock);
  }

  start(): void {
    this.#unlisten = this.#store.listen((event) => this.#take(event));
    this.#sweepLater();
  }

  stop(): void {
    this.#unlisten();
    this.#sweeps.clear();
    this.#series.clear();
  }

  /** Returns the function that ends watching. Unknown servers have no samples. */
  watch(serverId: string, listener: UsageListener): () => void {
    const series = this.#series.get(serverId);
    series?.trim(this.#clock.now());
    listener.snapshot(series?.samples ?? []);
    const added = this.#added.get(serverId) ?? new Emitter();
    this.#added.set(serverId, added);
    const end = added.listen((samples) => listener.added(samples));
    return () => {
      end();
      if (!added.hasListeners && this.#added.get(serverId) === added) this.#added.delete(serverId);
    };
  }

  #take({ changes, next }: FleetEvent): void {
    for (const change of changes) this.#one(change, next);
  }

  #one(change: Change, state: FleetState): void {
    switch (change.kind) {
      case 'usage':
        return this.#measured(state.servers.get(change.serverId), change.usage);
      case 'server-patched':
        // A process that ended leaves a gap, not a line to the beginning of the next one.
        if (change.patch.power === 'offline') this.#interrupt(change.serverId);
        return;
      case 'server-removed':
        this.#series.delete(change.serverId);
        return;
      case 'account-removed':
        for (const id of this.#series.keys()) if (!state.servers.has(id)) this.#series.delete(id);
        return;
      case 'account-upserted':
      case 'server-upserted':
        return;
    }
  }

  #measured(server: Server | undefined, usage: Usage | null): void {
    if (server === undefined) return;
    const { id, power, link } = server;
    if (usage === null || power === 'offline') return this.#interrupt(id);
    let series = this.#series.get(id);
    if (series === undefined) this.#series.set(id, (series = new UsageSeries()));
    this.#tell(id, series.add(usage, link.kind === 'live'));
  }

  #interrupt(serverId: string): void {
    this.#tell(serverId, this.#series.get(serverId)?.interrupt() ?? []);
  }

  #tell(serverId: string, samples: readonly UsageSample[]): void {
    if (samples.length > 0) this.#added.get(serverId)?.emit(samples);
  }

  #sweepLater(): void {
    this.#sweeps.set(sweepMs, () => {
      const now = this.#clock.now();
      for (const [id, series] of this.#series) if (!series.trim(now)) this.#series.delete(id);
      this.#sweepLater();
    });
  }
}
