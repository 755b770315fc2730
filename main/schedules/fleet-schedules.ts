/** Knows the schedules that the panels keep of all servers, from optional reads. */
import type { Change } from '../../bridge/fleet/changes.js';
import { keptOf } from '../../bridge/schedules/kept-schedule.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { FleetSchedule, ServerSchedules } from '../../bridge/schema/fleet-schedules.js';
import type { Schedule } from '../../bridge/schema/schedules.js';
import { from } from '../base/back-off.js';
import { Emitter } from '../base/emitter.js';
import type { Source } from '../base/feed-source.js';
import type { Clock, Random } from '../base/ports.js';
import type { ScheduleTrouble, ReportedFact } from '../base/server-fact.js';
import type { WatchedFleet } from '../fleet/api.js';
import { goneServers, isFirstReader, possibleReaders } from '../fleet/list-readers.js';
import { ListRound } from '../fleet/list-round.js';
import { isNodeSilent } from '../fleet/silent-node.js';
import type { FleetStore } from '../fleet/store.js';
import { mostMs, untilNextRead } from './next-read.js';
import { looked, onlySure, type Suspicions } from './suspicions.js';

export interface FleetSchedulesDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly facts: Pick<Emitter<ReportedFact>, 'emit'>;
  readonly clock: Clock;
  readonly random: Random;
}

interface Kept extends ServerSchedules {
  readonly schedules: readonly FleetSchedule[];
  readonly suspicions: Suspicions;
  /** The troubles of the last report; null = none so far. */
  readonly told: string | null;
}

/** Lists older than this are read again when a window begins to show them. */
const freshMs = 60_000;
/** Time between two looks at schedules that look wrong while their node does not answer. */
const nodeAwayMs = 15 * 60_000;

/**
 * Reads the schedules of each server in turn: rarely while nobody looks, soon after the next run should have ended, and
 * again and again while a window shows them. The calls come from those that an account can spare.
 */
export class FleetSchedules {
  readonly #kept = new Map<string, Kept>();
  readonly #round: ListRound;
  readonly #changes = new Emitter<readonly ServerSchedules[]>();
  /** Aborts when a window begins to show the lists. */
  #unseen = new AbortController();

  constructor(private readonly deps: FleetSchedulesDeps) {
    this.#round = new ListRound({
      ...deps,
      canRead: (server) => isFirstReader(deps.store.state, server, 'schedule.read'),
      isUnknown: ({ id }) => !this.#kept.has(id),
      read: (server) => this.#read(server),
      changed: (changes) => this.#forget(changes),
    });
  }

  start(): void {
    this.#round.start();
  }

  stop(): void {
    this.#round.stop();
  }

  /** Perch changed a schedule of the server, or let one run. */
  changedOnPanel(serverId: string): void {
    this.#round.hurry(possibleReaders(this.deps.store.state, serverId));
  }

  /** Feeds go to windows in sight only, so a subscription means that somebody looks. */
  readonly source: Source<'fleetSchedules'> = (_params, sink) => {
    if (!this.#isShown) this.#hasten();
    sink.snapshot([...this.#kept.values()].map(shown));
    return this.#changes.listen((changed) => sink.change([...changed]));
  };

  get #isShown(): boolean {
    return this.#changes.hasListeners;
  }

  #hasten(): void {
    this.#unseen.abort();
    this.#unseen = new AbortController();
    const before = this.deps.clock.now() - freshMs;
    const old = [...this.#kept.values()].filter(({ readAt }) => readAt < before);
    this.#round.refresh(old.map(({ serverId }) => serverId));
  }

  async #read(server: Server): Promise<number | null> {
    const watched = this.deps.fleet.server(server.id);
    if (watched === null) return null;
    const send = (): Promise<readonly Schedule[]> => watched.panel.schedules(server.identifier);
    const inTurn = this.#isTroubled(server.id) ? 'whenSpare' : 'whenIdle';
    const unseen = this.#isShown ? null : await watched[inTurn](send, this.#unseen.signal);
    // A read that has waited until a window shows the lists goes with those for the window.
    const schedules = unseen ?? (this.#isShown ? await watched.whenShown(send) : null);
    return schedules === null ? null : this.#took(server.id, schedules);
  }

  #took(serverId: string, schedules: readonly Schedule[]): number {
    const { clock, random, store, fleet } = this.deps;
    const server = store.state.servers.get(serverId);
    if (server === undefined) return mostMs;
    const before = this.#kept.get(serverId);
    const panelTime = clock.wall() + (fleet.server(serverId)?.panel.clockAhead() ?? 0);
    const time = { now: clock.now(), panelTime };
    const kept = keptOf(schedules);
    const known = before?.suspicions ?? new Map<number, never>();
    // The panel asks the node for each task, so a silent node makes any run last.
    const isAway = isNodeSilent(server);
    const seen = looked(known, kept, time);
    const suspicions = isAway ? onlySure(known) : seen;
    const troubles = isAway ? null : troublesOf(kept, suspicions);
    const told = troubles === null ? (before?.told ?? null) : JSON.stringify(troubles);
    const entry = { serverId, readAt: time.now, schedules: kept, suspicions, told };
    this.#kept.set(serverId, entry);
    this.#changes.emit([shown(entry)]);
    if (troubles !== null && told !== (before?.told ?? null)) {
      this.deps.facts.emit({ serverId, fact: { kind: 'schedules', troubles } });
    }
    const ms = untilNextRead(kept, suspicions, { ...time, isShown: this.#isShown });
    if (isAway && seen.size > 0) return Math.min(ms, nodeAwayMs);
    return ms === mostMs ? from((mostMs * 2) / 3, random)(mostMs) : ms;
  }

  /** Whether a suspicion is open or sure: its proof and its end are waited for. */
  #isTroubled(serverId: string): boolean {
    return (this.#kept.get(serverId)?.suspicions.size ?? 0) > 0;
  }

  #forget(changes: readonly Change[]): void {
    const gone = goneServers(this.#kept.keys(), changes, this.deps.store.state);
    for (const id of gone) this.#kept.delete(id);
    const readAt = this.deps.clock.now();
    if (gone.length > 0) this.#changes.emit(gone.map((serverId) => ({ serverId, readAt, schedules: null })));
    for (const change of changes) {
      if (change.kind === 'account-upserted' && change.account.state.kind !== 'ready')
        this.#panelAway(change.account.id);
    }
  }

  #panelAway(accountId: string): void {
    for (const [id, kept] of this.#kept) {
      if (!id.startsWith(`${accountId}/`)) continue;
      this.#kept.set(id, { ...kept, suspicions: onlySure(kept.suspicions) });
    }
  }
}

function troublesOf(schedules: readonly FleetSchedule[], suspicions: Suspicions): readonly ScheduleTrouble[] {
  return schedules.flatMap(({ id, name }) => {
    const suspicion = suspicions.get(id);
    return suspicion?.isSure === true ? [{ id, name, why: suspicion.why }] : [];
  });
}

function shown({ serverId, readAt, schedules }: ServerSchedules): ServerSchedules {
  return { serverId, readAt, schedules };
}
