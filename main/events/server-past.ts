/** Writes down what happens to one server: what every watcher of it needs of the log. */
import type { Happening, HappeningKind, HistoryEvent } from '../../bridge/events.js';
import type { Account, Server } from '../../bridge/domain.js';
import type { EventLog } from './event-log.js';

/** An entry of one kind. */
export type EventOf<K extends HappeningKind> = HistoryEvent & { what: Extract<Happening, { kind: K }> };

export class ServerPast {
  readonly #log: EventLog;
  readonly #account: (accountId: string) => Account | undefined;

  constructor(log: EventLog, account: (accountId: string) => Account | undefined) {
    this.#log = log;
    this.#account = account;
  }

  /** `at` = steady time. With `lasts` it goes on until `end`. */
  write(server: Server, what: Happening, at: number, { lasts = false } = {}): HistoryEvent {
    return this.#log.add({
      at,
      lasts,
      accountId: server.accountId,
      serverId: server.id,
      panel: this.#account(server.accountId)?.label ?? '',
      server: server.name,
      what,
    });
  }

  lasting<K extends HappeningKind>(serverId: string, kind: K): EventOf<K> | undefined {
    return this.lastingOf(serverId, kind).at(-1);
  }

  lastingOf<K extends HappeningKind>(serverId: string, kind: K): readonly EventOf<K>[] {
    return this.#log.lastingOf(serverId).filter((event): event is EventOf<K> => event.what.kind === kind);
  }

  /** More is known of it. Who did it stays known: the panel may have told meanwhile. */
  amend(id: string, what: Happening): void {
    const before = this.#log.find(id)?.what;
    const known = before !== undefined && 'by' in before ? before.by : undefined;
    const isForgotten = known !== undefined && 'by' in what && what.by?.kind === 'unknown';
    this.#log.amend(id, isForgotten ? { ...what, by: known } : what);
  }

  /** It is over, where it lasted; `what` = as it is told from now on. */
  end(id: string, at: number, what?: Happening): void {
    this.#log.end(id, at, what);
  }

  wallOf(at: number): number {
    return this.#log.wallOf(at);
  }
}
