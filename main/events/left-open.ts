/** What an earlier run saw begin and not end: it ends here when its opposite is first seen, and nobody is told. */
import type { FleetState } from '../../bridge/changes.js';
import type { Server } from '../../bridge/domain.js';
import { placesOf } from '../../bridge/event-places.js';
import { isLasting, type Happening, type HistoryEvent } from '../../bridge/events.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import type { EventLog } from './event-log.js';

export interface LeftOpenDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  readonly log: EventLog;
}

export class LeftOpen {
  readonly #deps: LeftOpenDeps;
  #ids: readonly string[] = [];
  #unlisten: () => void = () => undefined;

  constructor(deps: LeftOpenDeps) {
    this.#deps = deps;
  }

  /** The log has them already. */
  begin(events: readonly HistoryEvent[]): void {
    this.stop();
    this.#ids = events.map(({ id }) => id);
    this.#look();
    if (this.#ids.length === 0) return;
    this.#unlisten = this.#deps.store.listen(({ changes }) => {
      if (changes.some(({ kind }) => kind !== 'usage')) this.#look();
    });
  }

  stop(): void {
    this.#unlisten();
    this.#unlisten = () => undefined;
  }

  #look(): void {
    this.#ids = this.#ids.filter((id) => this.#goesOn(id));
    if (this.#ids.length === 0) this.stop();
  }

  #goesOn(id: string): boolean {
    const { log, store, clock } = this.#deps;
    const event = log.find(id);
    // Whoever watches what it is about has ended it, or it was forgotten.
    if (event === undefined || !isLasting(event)) return false;
    const seen = seenNow(event, store.state);
    if (!isOver(seen, store.state)) return true;
    log.end(id, clock.now(), isUp(seen, store.state) ? cameUp(event.what) : event.what);
    return false;
  }
}

/** From where something is known of it: a panel that answers, and that still lists the server. */
function seenNow(event: HistoryEvent, { accounts, servers }: FleetState): HistoryEvent {
  const answers = placesOf(event).filter(({ accountId }) => accounts.get(accountId)?.state.kind === 'ready');
  const place = answers.find(({ serverId }) => serverId === null || servers.has(serverId)) ?? answers[0];
  return { ...event, ...place };
}

/** Only while its panel answers anything is known of it. */
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
    // Whoever measures it ends it.
    case 'limit':
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
