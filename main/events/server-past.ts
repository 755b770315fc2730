/** Log access for the watchers of one server. */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { EventPlace, Happening, HappeningKind, HistoryEvent } from '../../bridge/schema/events.js';
import type { Server } from '../../bridge/schema/domain.js';
import { twinsOf } from '../fleet/twins.js';
import type { EventLog } from './event-log.js';

/** Event of one kind. */
export type EventOf<K extends HappeningKind> = HistoryEvent & { what: Extract<Happening, { kind: K }> };

export class ServerPast {
  constructor(
    private readonly log: EventLog,
    private readonly state: () => FleetState,
  ) {}

  /**
   * Logs one event for all accounts that see the server, under the first of them.
   * `at` = monotonic time. With `lasts` the event is open until `end`. `others` = servers that share the event.
   */
  write(
    server: Server,
    what: Happening,
    at: number,
    { lasts = false, others = [] }: { lasts?: boolean; others?: readonly Server[] } = {},
  ): HistoryEvent {
    const state = this.state();
    const [own = server, ...more] = [server, ...others].flatMap((each) => twinsOf(state, each));
    const also = more.map(placeOf);
    return this.log.add({
      at,
      lasts,
      ...placeOf(own),
      ...(also.length === 0 ? {} : { also }),
      panel: state.accounts.get(own.accountId)?.label ?? '',
      server: own.name,
      what,
    });
  }

  lasting<K extends HappeningKind>(serverId: string, kind: K): EventOf<K> | undefined {
    return this.lastingOf(serverId, kind).at(-1);
  }

  /** Oldest first. Includes events from before the server was seen through this account. */
  lastingOf<K extends HappeningKind>(serverId: string, kind: K): readonly EventOf<K>[] {
    return this.allLasting(serverId).filter((event): event is EventOf<K> => event.what.kind === kind);
  }

  allLasting(serverId: string): readonly HistoryEvent[] {
    const state = this.state();
    const server = state.servers.get(serverId);
    const ids = server === undefined ? [serverId] : twinsOf(state, server).map(({ id }) => id);
    if (ids.length === 1) return this.log.lastingOf(serverId);
    const found = new Map(ids.flatMap((id) => this.log.lastingOf(id)).map((event) => [event.id, event]));
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Updates an event. A known actor stays known: the panel may have named the actor meanwhile. */
  amend(id: string, what: Happening): void {
    const before = this.log.find(id)?.what;
    const known = before !== undefined && 'by' in before ? before.by : undefined;
    const isForgotten = known !== undefined && 'by' in what && what.by?.kind === 'unknown';
    this.log.amend(id, isForgotten ? { ...what, by: known } : what);
  }

  /** Ends an event; `what` = new description, if it changes. */
  end(id: string, at: number, what?: Happening): void {
    this.log.end(id, at, what);
  }

  wallOf(at: number): number {
    return this.log.wallOf(at);
  }
}

function placeOf({ accountId, id }: Server): EventPlace {
  return { accountId, serverId: id };
}
