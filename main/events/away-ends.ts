/**
 * What became of a server while Perch was not running: one that ran and is offline now, and one that had crashed. Neither
 * console nor node tells (PROTOCOL trap 30); the panel's activity does, as far as it goes (PROTOCOL 2.14): a stop that
 * somebody made is listed there, and where none is listed, the server went offline by itself, or by what nobody writes down.
 */
import type { Change, FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { PanelActivity, PowerActivity, PastCrashes } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { eventsOf, isEnd } from './ended-crashes.js';
import type { EventLog } from './event-log.js';

/** A panel that does not answer now, or is asked enough, is asked again after so long, so many times. */
const againMs = 60_000;
const mostTries = 5;
/** A stop may take so long. */
const stopTakesMs = 180_000;
/** Clocks of panel and computer may differ by so much. */
const clocksMs = 10_000;

export interface AwayEndsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  /** The power actions that the panel lists of this server; null where they are not to be had now. Never rejects. */
  activityOf(serverId: string): Promise<readonly PanelActivity[] | null>;
  readonly log: EventLog;
  readonly pastCrashes: PastCrashes;
}

/** Times are monotonic. */
interface Question {
  readonly serverId: string;
  readonly what: 'ended' | 'crashed';
  /** When it was last seen to run, or had crashed. */
  readonly since: number;
  /** When it was first seen offline. */
  readonly seenAt: number;
  readonly tries: number;
}

export class AwayEnds {
  readonly #deps: AwayEndsDeps;
  readonly #again: Alarm;
  #open: readonly Question[] = [];
  #isAsking = false;
  #unlisten: () => void = () => undefined;

  constructor(deps: AwayEndsDeps) {
    this.#deps = deps;
    this.#again = new Alarm(deps.clock);
  }

  start(): void {
    this.#unlisten = this.#deps.store.listen(({ previous, next, changes }) => {
      for (const change of changes) this.#take(change, previous, next);
    });
  }

  stop(): void {
    this.#unlisten();
    this.#again.clear();
    this.#open = [];
  }

  #take(change: Change, previous: FleetState, next: FleetState): void {
    if (change.kind !== 'server-patched' || change.patch.power !== 'offline') return;
    const [before, after] = [previous.servers.get(change.serverId), next.servers.get(change.serverId)];
    if (before === undefined || after === undefined) return;
    const found = questionOf(before, after);
    if (found === null) return;
    this.#open = [...this.#open, { ...found, seenAt: this.#deps.clock.now(), tries: 0 }];
    void this.#askNext();
  }

  /** One after the other: the panel is asked four such things a minute (`Lookups`). */
  async #askNext(): Promise<void> {
    const [question, ...others] = this.#open;
    if (question === undefined || this.#isAsking || this.#again.isSet) return;
    this.#open = others;
    this.#isAsking = true;
    const activity = await this.#deps.activityOf(question.serverId);
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
    const { store, log, pastCrashes } = this.#deps;
    // Something has happened to it since.
    if (store.state.servers.get(serverId)?.power !== 'offline') return;
    const from = log.wallOf(since);
    if (what === 'crashed') {
      if (isStoppedSince(activity, from)) pastCrashes.stoppedSince(serverId);
      return;
    }
    // A schedule that somebody ran may have stopped it, too.
    if (listed.some((entry) => !isStart(entry) && entry.at >= from - stopTakesMs)) return;
    // The run before was killed, and has seen more than it could save.
    if (eventsOf(log, serverId).some((event) => isEnd(event) && event.at > from)) return;
    const unseen = { what: 'offline', from: since, to: seenAt } as const;
    pastCrashes.recall(serverId, seenAt, { exitCode: null, outOfMemory: false, unseen });
  }
}

function isStart(entry: PanelActivity): boolean {
  return 'signal' in entry && entry.signal === 'start';
}

/** Where it is seen for the first time in this run. */
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

/** Somebody has started it after `crashedAt`, and ended that later. */
function isStoppedSince(activity: readonly PowerActivity[], crashedAt: number): boolean {
  const later = activity.filter(({ at }) => at > crashedAt + clocksMs).toSorted((a, b) => a.at - b.at);
  const started = later.findIndex(({ signal }) => signal === 'start' || signal === 'restart');
  return started !== -1 && later.slice(started).some(({ signal }) => signal === 'stop' || signal === 'kill');
}
