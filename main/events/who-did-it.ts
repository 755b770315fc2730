/** Asks the panel who stopped or started a server, where nobody knows: it may tell "stopped by anna" (PROTOCOL 2.14). */
import { placesOf } from '../../bridge/event-places.js';
import type { Actor, HistoryEvent } from '../../bridge/events.js';
import type { Clock } from '../base/ports.js';
import type { PanelDeed } from '../fleet/api.js';
import { deedBehind, isDoing, wantsName, type Doing } from './deeds.js';
import type { EventLog } from './event-log.js';

export interface WhoDidItDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  /** The power actions that the panel lists of this server; null where they are not to be had now. Never rejects. */
  deedsOf(serverId: string): Promise<readonly PanelDeed[] | null>;
}

/** What was done over a node's socket its panel hears of once a minute. */
const againAfterMs = 75_000;

export class WhoDidIt {
  readonly #deps: WhoDidItDeps;
  /** What is asked about once more, by its entry. */
  readonly #waiting = new Map<string, { readonly accountId: string; cancel(): void }>();
  #unlisten: readonly (() => void)[] = [];

  constructor(deps: WhoDidItDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { log } = this.#deps;
    this.#unlisten = [
      log.listen(({ event, before }) => {
        if (before === null && wantsName(event)) void this.#ask(event);
      }),
      log.onForgotten((accountId) => {
        for (const [id, waiting] of this.#waiting) if (waiting.accountId === accountId) this.#drop(id);
      }),
    ];
  }

  stop(): void {
    for (const end of this.#unlisten) end();
    for (const id of this.#waiting.keys()) this.#drop(id);
  }

  /** Twice at most. */
  async #ask({ id, accountId }: HistoryEvent): Promise<void> {
    const cancel = this.#deps.clock.after(againAfterMs, () => {
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

  /** True where there is nothing more to ask. Where the panel names nobody at the end, that is what is known. */
  async #look(id: string, isLast: boolean): Promise<boolean> {
    const { log } = this.#deps;
    const asked = this.#unnamed(id);
    if (asked === null) return true;
    const deeds = await this.#deedsOf(asked);
    // What it was may be known better by now: a stop that was a restart.
    const event = this.#unnamed(id);
    if (event === null || !isDoing(event.what)) return true;
    const { what } = event;
    if (deeds === null) return false;
    const deed = deedBehind({ ...event, what }, deeds, this.#before(event));
    if (deed === null && isLast) log.amend(id, named(what, { kind: 'unknown', isUnnamed: true }, false));
    const by = deed === null ? null : actorOf(deed);
    if (deed === null || by === null) return false;
    log.amend(id, named(what, by, 'signal' in deed && deed.signal === 'kill'));
    return isLast || by.kind !== 'schedule';
  }

  /** Of several accounts only some may read what the panel lists. */
  async #deedsOf(event: HistoryEvent): Promise<readonly PanelDeed[] | null> {
    for (const { serverId } of placesOf(event)) {
      const deeds = serverId === null ? null : await this.#deps.deedsOf(serverId);
      if (deeds !== null) return deeds;
    }
    return null;
  }

  #unnamed(id: string): HistoryEvent | null {
    const event = this.#deps.log.find(id);
    return event !== undefined && wantsName(event) ? event : null;
  }

  /** When something happened to the same process before. */
  #before({ id, serverId }: HistoryEvent): number {
    const before = this.#deps.log.recent.findLast(
      (one) => one.serverId === serverId && one.id < id && (isDoing(one.what) || one.what.kind === 'crashed'),
    );
    return before?.at ?? -Infinity;
  }
}

/** Null where the panel names nobody. */
function actorOf(deed: PanelDeed): Actor | null {
  if ('schedule' in deed) return { kind: 'schedule', name: deed.schedule, by: deed.by };
  return deed.by === null ? null : { kind: 'person', name: deed.by };
}

function named(what: Doing, by: Actor, isKill: boolean): Doing {
  return what.kind === 'stopped' ? { ...what, by, isKill: isKill || what.isKill } : { ...what, by };
}
