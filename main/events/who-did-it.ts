/** Asks the panel who stopped or started a server if that is unknown, for example "stopped by anna" (PROTOCOL 2.14). */
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Clock } from '../base/ports.js';
import type { PanelActivity } from '../fleet/api.js';
import { isCausable, type CausableHappening } from '../../bridge/events/power-causes.js';
import { activityBehind, wantsName } from './activity-cause.js';
import { Disposables } from '../base/disposables.js';
import type { EventLog } from './event-log.js';

export interface WhoDidItDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  /** Power actions that the panel lists for the server; null if not available now. Never rejects. */
  activityOf(serverId: string): Promise<readonly PanelActivity[] | null>;
}

/** A node sends the panel its activity once a minute. */
const againAfterMs = 75_000;

export class WhoDidIt {
  /** Events for which a second request follows, by event id. */
  readonly #waiting = new Map<string, { readonly accountId: string; cancel(): void }>();
  readonly #disposables = new Disposables();

  constructor(private readonly deps: WhoDidItDeps) {}

  start(): void {
    const { log } = this.deps;
    this.#disposables.add(
      log.listen(({ event, before }) => {
        if (before === null && wantsName(event)) void this.#ask(event);
      }),
      log.onForgotten((accountId) => {
        for (const [id, waiting] of this.#waiting) if (waiting.accountId === accountId) this.#drop(id);
      }),
    );
  }

  stop(): void {
    this.#disposables.dispose();
    for (const id of this.#waiting.keys()) this.#drop(id);
  }

  /** Asks the panel for activity, at most twice. */
  async #ask({ id, accountId }: HistoryEvent): Promise<void> {
    const cancel = this.deps.clock.after(againAfterMs, () => {
      this.#waiting.delete(id);
      void this.#look(id, true);
    });
    this.#waiting.set(id, { accountId, cancel });
    if (await this.#look(id, false)) this.#drop(id);
  }

  #drop(id: string): void {
    this.#waiting.get(id)?.cancel();
    this.#waiting.delete(id);
  }

  /** Returns true if no further request is needed. If the last answer names nobody, the event is marked as unnamed. */
  async #look(id: string, isLast: boolean): Promise<boolean> {
    const { log } = this.deps;
    const asked = this.#unnamed(id);
    if (asked === null) return true;
    const activity = await this.#activityOf(asked);
    // The event may have changed meanwhile, for example from a stop to a restart.
    const event = this.#unnamed(id);
    if (event === null || !isCausable(event.what)) return true;
    const { what } = event;
    if (activity === null) return false;
    const entry = activityBehind({ ...event, what }, activity, this.#before(event));
    if (entry === null && isLast) log.amend(id, named(what, { kind: 'unknown', isUnnamed: true }, false));
    const by = entry === null ? null : actorOf(entry);
    if (entry === null || by === null) return false;
    log.amend(id, named(what, by, 'signal' in entry && entry.signal === 'kill'));
    return isLast || by.kind !== 'schedule';
  }

  /** Only some accounts may be allowed to read the activity. */
  async #activityOf(event: HistoryEvent): Promise<readonly PanelActivity[] | null> {
    for (const { serverId } of eventPlacesOf(event)) {
      const activity = serverId === null ? null : await this.deps.activityOf(serverId);
      if (activity !== null) return activity;
    }
    return null;
  }

  #unnamed(id: string): HistoryEvent | null {
    const event = this.deps.log.find(id);
    return event !== undefined && wantsName(event) ? event : null;
  }

  /** Time of the previous event of the same process. */
  #before({ id, serverId }: HistoryEvent): number {
    const before = this.deps.log.recent.findLast(
      (one) =>
        one.serverId === serverId && one.id < id && (isCausable(one.what) || one.what.kind === 'crashed'),
    );
    return before?.at ?? -Infinity;
  }
}

/** null = the panel names nobody. */
function actorOf(entry: PanelActivity): Actor | null {
  if ('schedule' in entry) return { kind: 'schedule', name: entry.schedule, by: entry.by };
  return entry.by === null ? null : { kind: 'person', name: entry.by };
}

function named(what: CausableHappening, by: Actor, isKill: boolean): CausableHappening {
  return what.kind === 'stopped' ? { ...what, by, isKill: isKill || what.isKill } : { ...what, by };
}
