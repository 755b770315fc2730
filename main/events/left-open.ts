/**
 * Ends the events that an earlier run left open, once their opposite is seen, without an alert. Until then a crashed
 * server keeps its crash mark, also after a killed run where only the log knows of the crash.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import { isLasting, type Happening, type HistoryEvent } from '../../bridge/schema/events.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { PastCrashes } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { sameCrashMs } from '../fleet/process/limits.js';
import type { EventLog } from './event-log.js';

export interface LeftOpenDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly pastCrashes: Pick<PastCrashes, 'recall'>;
}

export class LeftOpen {
  #ids: readonly string[] = [];
  /** Ids of servers that got the crash mark from `LeftOpen`. They do not get it again. */
  readonly #marked = new Set<string>();
  readonly #disposables = new Disposables();

  constructor(private readonly deps: LeftOpenDeps) {}

  /** Takes events that the log already has. */
  begin(events: readonly HistoryEvent[]): void {
    this.stop();
    this.#ids = events.map(({ id }) => id);
    this.#look();
    if (this.#ids.length === 0) return;
    this.#disposables.add(
      this.deps.store.listen(({ changes }) => {
        if (changes.some(({ kind }) => kind !== 'usage')) this.#look();
      }),
    );
  }

  stop(): void {
    this.#disposables.dispose();
  }

  #look(): void {
    this.#ids = this.#ids.filter((id) => this.#goesOn(id));
    if (this.#ids.length === 0) this.stop();
  }

  #goesOn(id: string): boolean {
    const { log, store, clock } = this.deps;
    const event = log.find(id);
    // A watcher has ended the event, or its account was removed.
    if (event === undefined || !isLasting(event)) return false;
    const seen = seenNow(event, store.state);
    if (!isOver(seen, store.state)) {
      this.#mark(seen);
      return true;
    }
    log.end(id, clock.now(), isUp(seen, store.state) ? cameUp(event.what) : event.what);
    return false;
  }

  #mark({ what, at, serverId }: HistoryEvent): void {
    const server = this.deps.store.state.servers.get(serverId ?? '');
    const isDown = server?.power === 'offline' || server?.power === 'starting';
    if (server === undefined || !isDown || this.#marked.has(server.id)) return;
    const crash = crashOf(what, at, (wall) => this.#steady(wall));
    if (crash === null) return;
    this.#marked.add(server.id);
    const isMarked = server.crashedAt !== null && server.crashedAt > this.#steady(at) - sameCrashMs;
    if (!isMarked) this.deps.pastCrashes.recall(server.id, this.#steady(at), crash);
  }

  #steady(wall: number): number {
    const { clock } = this.deps;
    return wall - clock.wall() + clock.now();
  }
}

/** The crash for the row of the server; null for an event that does not end a process. */
function crashOf(what: Happening, at: number, steady: (wall: number) => number): Crash | null {
  if (what.kind === 'crashed') {
    const { exitCode, outOfMemory, aftermath } = what;
    return { exitCode, outOfMemory, ...(aftermath === 'stays-down' ? { isGivenUp: true } : {}) };
  }
  if (what.kind !== 'went-offline') return null;
  return {
    exitCode: null,
    outOfMemory: false,
    unseen: { what: 'offline', from: steady(what.from), to: steady(at) },
  };
}

/** The event as seen through an account whose panel answers, at best one that still lists the server. */
function seenNow(event: HistoryEvent, { accounts, servers }: FleetState): HistoryEvent {
  const answers = eventPlacesOf(event).filter(
    ({ accountId }) => accounts.get(accountId)?.state.kind === 'ready',
  );
  const place = answers.find(({ serverId }) => serverId === null || servers.has(serverId)) ?? answers[0];
  return { ...event, ...place };
}

/** True if the event has ended. False while the panel does not answer, because nothing is known then. */
function isOver({ what, accountId, serverId }: HistoryEvent, { accounts, servers }: FleetState): boolean {
  if (accounts.get(accountId)?.state.kind !== 'ready') return false;
  if (serverId !== null) return isServerOver(what, servers.get(serverId));
  if (what.kind !== 'node-unreachable') return true;
  const own = [...servers.values()].filter((one) => one.accountId === accountId && one.node === what.node);
  return own.length === 0 || own.some(({ link }) => link.kind === 'live');
}

function isServerOver({ kind }: Happening, server: Server | undefined): boolean {
  if (server === undefined) return true;
  switch (kind) {
    case 'suspended':
      return server.condition !== 'suspended';
    case 'backup-overdue':
      return server.backupOverdue === false;
    // `LimitWatch`, `PlayerPast` and `ScheduleTroubles` end these events.
    case 'limit':
    case 'game-silent':
    case 'schedule-stuck':
      return false;
    case 'slow-start':
      return server.power === 'running' || server.power === 'offline';
    default:
      return server.power === 'running';
  }
}

function isUp({ serverId }: HistoryEvent, { servers }: FleetState): boolean {
  return serverId !== null && servers.get(serverId)?.power === 'running';
}

function cameUp(what: Happening): Happening {
  return what.kind === 'crashed' ? { ...what, aftermath: 'up' } : what;
}
