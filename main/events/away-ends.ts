/**
 * What happened to a server while Perch was not running: a server that ran and is offline now, or a server that had
 * crashed. Console and node do not report this (PROTOCOL trap 30). The panel's activity lists a stop that somebody sent
 * (PROTOCOL 2.14). Without such an entry the server counts as stopped without a command.
 */
import type { Change, FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { PanelActivity, PowerActivity, PastCrashes } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { eventsOf, isEnd } from './ended-crashes.js';
import type { EventLog } from './event-log.js';

/** Ms between tries, and most tries, while the panel's activity log can't be read (no answer, or rate limit). */
const againMs = 60_000;
const mostTries = 5;
/** Longest time that a server takes to stop. */
const stopTakesMs = 180_000;
/** Tolerated difference between the clocks of panel and computer. */
const clocksMs = 10_000;

export interface AwayEndsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  /** Power actions that the panel lists for the server; null if not available now. Never rejects. */
  activityOf(serverId: string): Promise<readonly PanelActivity[] | null>;
  readonly log: EventLog;
  readonly pastCrashes: PastCrashes;
}

/** Open question about one server. Times are monotonic. */
interface Question {
  readonly serverId: string;
  readonly what: 'ended' | 'crashed';
  /** When the server was last seen running, or when it crashed. */
  readonly since: number;
  /** When the server was first seen offline. */
  readonly seenAt: number;
  readonly tries: number;
}

export class AwayEnds {
  readonly #again: Alarm;
  #open: readonly Question[] = [];
  #isAsking = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: AwayEndsDeps) {
    this.#again = new Alarm(deps.clock);
  }

  start(): void {
    this.#disposables.add(
      this.deps.store.listen(({ previous, next, changes }) => {
        for (const change of changes) this.#take(change, previous, next);
      }),
    );
  }

  stop(): void {
    this.#disposables.dispose();
    this.#again.clear();
    this.#open = [];
  }

  #take(change: Change, previous: FleetState, next: FleetState): void {
    if (change.kind !== 'server-patched' || change.patch.power !== 'offline') return;
    const [before, after] = [previous.servers.get(change.serverId), next.servers.get(change.serverId)];
    if (before === undefined || after === undefined) return;
    const found = questionOf(before, after);
    if (found === null) return;
    this.#open = [...this.#open, { ...found, seenAt: this.deps.clock.now(), tries: 0 }];
    void this.#askNext();
  }

  /** One question at a time, because `Lookups` allows the panel only four a minute. */
  async #askNext(): Promise<void> {
    const [question, ...others] = this.#open;
    if (question === undefined || this.#isAsking || this.#again.isSet) return;
    this.#open = others;
    this.#isAsking = true;
    const activity = await this.deps.activityOf(question.serverId);
    this.#isAsking = false;
    if (activity !== null) this.#answered(question, activity);
    else this.#askAgain(question);
    void this.#askNext();
  }

  #askAgain(question: Question): void {
    const tries = question.tries + 1;
    if (tries >= mostTries) return;
    this.#open = [...this.#open, { ...question, tries }];
    this.#again.set(againMs, () => void this.#askNext());
  }

  #answered({ serverId, what, since, seenAt }: Question, listed: readonly PanelActivity[]): void {
    const activity = listed.filter((entry) => 'signal' in entry);
    const { store, log, pastCrashes } = this.deps;
    // The server has changed meanwhile.
    if (store.state.servers.get(serverId)?.power !== 'offline') return;
    const from = log.wallOf(since);
    if (what === 'crashed') {
      if (isStoppedSince(activity, from)) pastCrashes.stoppedSince(serverId);
      return;
    }
    // A schedule run by hand may have stopped the server as well.
    if (listed.some((entry) => !isStart(entry) && entry.at >= from - stopTakesMs)) return;
    // The run before was killed. It had logged this end, but had not saved the newer state of the server.
    if (eventsOf(log, serverId).some((event) => isEnd(event) && event.at > from)) return;
    const unseen = { what: 'offline', from: since, to: seenAt } as const;
    pastCrashes.recall(serverId, seenAt, { exitCode: null, outOfMemory: false, unseen });
  }
}

function isStart(entry: PanelActivity): boolean {
  return 'signal' in entry && entry.signal === 'start';
}

/** The question for a server that this run sees for the first time. */
function questionOf(
  { id, power, lastRun }: Server,
  after: Server,
): Pick<Question, 'serverId' | 'what' | 'since'> | null {
  if (power !== null || lastRun === null || lastRun === undefined) return null;
  const { state, at, crash } = lastRun;
  if (after.crashedAt !== null && crash !== undefined)
    return { serverId: id, what: 'crashed', since: crash.at };
  return state === 'running' || state === 'starting' ? { serverId: id, what: 'ended', since: at } : null;
}

/** Whether somebody started the server after `crashedAt` and stopped it later. */
function isStoppedSince(activity: readonly PowerActivity[], crashedAt: number): boolean {
  const later = activity.filter(({ at }) => at > crashedAt + clocksMs).toSorted((a, b) => a.at - b.at);
  const started = later.findIndex(({ signal }) => signal === 'start' || signal === 'restart');
  return started !== -1 && later.slice(started).some(({ signal }) => signal === 'stop' || signal === 'kill');
}
