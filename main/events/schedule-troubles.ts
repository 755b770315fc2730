/**
 * Logs that schedules of a panel do not end or were not begun (SCHEDULES "Troubles").
 *
 * The cause is the panel's own cron or its queue worker, which all servers of the panel share. So a trouble of one kind
 * is one event for all of them: servers join it, and it ends when all of them are well.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { EventPlace } from '../../bridge/schema/events.js';
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import type { Clock } from '../base/ports.js';
import type { ScheduleTrouble } from '../base/server-fact.js';
import { accountsOfPanel, twinsOf } from '../fleet/twins.js';
import type { EventLog } from './event-log.js';
import type { EventOf, ServerPast } from './server-past.js';

export interface ScheduleTroublesDeps {
  readonly store: { readonly state: FleetState };
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'amend' | 'join' | 'end'>;
  readonly past: Pick<ServerPast, 'write' | 'lastingOf'>;
}

type Why = ScheduleTrouble['why'];
type Troubled = EventOf<'schedule-stuck'>;
interface Affected {
  readonly server: Server;
  readonly schedule: string;
}

const whys = ['stuck', 'overdue'] as const satisfies readonly Why[];
/** Most servers that share an event; the event has their number anyway. */
const mostSharing = 500;

export class ScheduleTroubles {
  /** Latest judgement by the id of the server. Missing = this run of Perch has not judged the server yet. */
  readonly #judged = new Map<string, readonly ScheduleTrouble[]>();

  constructor(private readonly deps: ScheduleTroublesDeps) {}

  report(server: Server, troubles: readonly ScheduleTrouble[]): void {
    const { servers } = this.deps.store.state;
    for (const id of this.#judged.keys()) if (!servers.has(id)) this.#judged.delete(id);
    this.#judged.set(server.id, troubles);
    for (const why of whys) this.#look(server, why);
  }

  /** No account sees the server any more. */
  removed(server: Server): void {
    this.#judged.delete(server.id);
    for (const why of whys) this.#look(server, why);
  }

  #look(changed: Server, why: Why): void {
    const { log, past, clock } = this.deps;
    const servers = this.#serversOf(changed.accountId);
    const affected = servers.flatMap((server): Affected[] => {
      const trouble = this.#judged.get(server.id)?.find((one) => one.why === why);
      return trouble === undefined ? [] : [{ server, schedule: trouble.name }];
    });
    const lasting = this.#lasting([changed, ...servers], why);
    const [first, ...others] = affected;
    if (first === undefined) {
      if (lasting !== null && this.#isOver(lasting, why)) log.end(lasting.id, clock.now());
      return;
    }
    if (lasting === null) {
      const what = {
        kind: 'schedule-stuck',
        why,
        schedule: first.schedule,
        servers: affected.length,
      } as const;
      const sharing = others.slice(0, mostSharing).map(({ server }) => server);
      past.write(first.server, what, clock.now(), { lasts: true, others: sharing });
    } else this.#grow(lasting, affected);
  }

  #grow(lasting: Troubled, affected: readonly Affected[]): void {
    const { log, store } = this.deps;
    const places = eventPlacesOf(lasting);
    const known = new Set(places.map(({ serverId }) => serverId));
    const joining = affected
      .flatMap(({ server }) => twinsOf(store.state, server))
      .filter(({ id }) => !known.has(id))
      .map(({ id, accountId }): EventPlace => ({ accountId, serverId: id }));
    log.join(lasting.id, joining.slice(0, Math.max(0, mostSharing - places.length)));
    const { what } = lasting;
    if (what.servers !== affected.length) log.amend(lasting.id, { ...what, servers: affected.length });
  }

  /** Servers of an earlier run that nobody has judged yet may still be in trouble. */
  #isOver(event: Troubled, why: Why): boolean {
    const { state } = this.deps.store;
    return eventPlacesOf(event).every(({ serverId }) => {
      const server = state.servers.get(serverId ?? '');
      if (server === undefined) return true;
      const judged = twinsOf(state, server).flatMap(({ id }) => this.#judged.get(id) ?? []);
      const isJudged = twinsOf(state, server).some(({ id }) => this.#judged.has(id));
      return isJudged && judged.every((one) => one.why !== why);
    });
  }

  #serversOf(accountId: string): readonly Server[] {
    const { state } = this.deps.store;
    const accounts = new Set(accountsOfPanel(state, accountId).map(({ id }) => id));
    return [...state.servers.values()].filter((server) => accounts.has(server.accountId));
  }

  #lasting(servers: readonly Server[], why: Why): Troubled | null {
    for (const { id } of servers) {
      const found = this.deps.past.lastingOf(id, 'schedule-stuck').find(({ what }) => what.why === why);
      if (found !== undefined) return found;
    }
    return null;
  }
}
