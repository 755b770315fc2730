/**
 * Removes the crash mark from servers whose crash has ended according to the log. The state of servers is saved once a
 * minute, the log within seconds. After a killed run the log is therefore the newer of the two.
 */
import type { Server } from '../../bridge/schema/domain.js';
import { isOfServer } from '../../bridge/events/event-places.js';
import { isLasting, type HistoryEvent } from '../../bridge/schema/events.js';
import type { Clock } from '../base/ports.js';
import type { PastCrashes } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import type { EventLog } from './event-log.js';
import { Disposables } from '../base/disposables.js';
import { sameCrashMs } from '../fleet/process/limits.js';

export interface EndedCrashesDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly pastCrashes: Pick<PastCrashes, 'stoppedSince'>;
}

export class EndedCrashes {
  #startedAt = 0;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: EndedCrashesDeps) {}

  start(): void {
    const { store, clock, log } = this.deps;
    this.#startedAt = clock.now();
    this.#disposables.add(
      log.onRecalled(() => {
        for (const server of store.state.servers.values()) this.#look(server);
      }),
      store.listen(({ next, changes }) => {
        for (const change of changes) {
          if (change.kind !== 'server-patched' || typeof change.patch.crashedAt !== 'number') continue;
          const server = next.servers.get(change.serverId);
          if (server !== undefined) this.#look(server);
        }
      }),
    );
  }

  stop(): void {
    this.#disposables.dispose();
  }

  /** Ignores crashes of this run. */
  #look({ id, crashedAt, crash }: Server): void {
    if (crashedAt === null || crashedAt >= this.#startedAt) return;
    const { log, pastCrashes } = this.deps;
    const wall = log.wallOf(crashedAt);
    const since = eventsOf(log, id).filter(({ at }) => at >= wall - sameCrashMs);
    // A later crash still lasts; `LeftOpen` marks the server with that crash.
    if (since.some((event) => isDown(event) && isLasting(event))) return;
    const isUnseenRestart = crash?.unseen?.what === 'restarted';
    const later = since.filter((event) => !isUnseenRestart || !isOfMark(event, wall));
    if (later.some(isEnd)) pastCrashes.stoppedSince(id);
  }
}

/** Events of one server in memory. */
export function eventsOf({ recent }: Pick<EventLog, 'recent'>, id: string): readonly HistoryEvent[] {
  return recent.filter((event) => isOfServer(event, id));
}

function isDown({ what }: HistoryEvent): boolean {
  return what.kind === 'crashed' || what.kind === 'went-offline';
}

/**
 * The unobserved restart that the mark itself stands for. If a poll shows the start, the log has this restart twice: as
 * a start, and two seconds later with the mark. Neither event lasts, and neither ends the mark.
 */
function isOfMark({ what, at }: HistoryEvent, wall: number): boolean {
  return what.kind === 'restarted' && Math.abs(at - wall) < sameCrashMs;
}

/** Whether a process ended or began with the event. */
export function isEnd({ what }: HistoryEvent): boolean {
  return ['crashed', 'went-offline', 'stopped', 'restarted', 'started'].includes(what.kind);
}
