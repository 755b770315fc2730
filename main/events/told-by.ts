/**
 * Chooses the account that reports the events of a server that several accounts see. One account reports at a time, so
 * each event is logged once.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerFact } from '../base/server-fact.js';
import type { ServerEvents } from './server-events.js';

/** More backups than one server finishes before the slowest account hears of the first. */
const mostBackups = 20;

export class ToldBy {
  /** Latest row of the account that reports. */
  #last: Server | null = null;
  /** Ids, the newest last. */
  #backups: readonly string[] = [];

  constructor(
    private readonly events: ServerEvents,
    private readonly store: { readonly state: FleetState },
  ) {}

  /** Takes a changed row of the server from any of its accounts. */
  changed(before: Server, after: Server): void {
    const last = this.#last;
    if (last !== null && last.id !== after.id && !this.#takesOver(last, before, after)) return;
    const isOther = last !== null && last.id !== after.id;
    this.#last = after;
    this.events.changed(isOther ? joined(last, before, after) : before, after);
  }

  /** The node reports a backup to every account; only the first report counts. */
  told(server: Server, fact: ServerFact): void {
    if (fact.kind === 'backup' && fact.backupId !== null) {
      if (this.#backups.includes(fact.backupId)) return;
      this.#backups = [...this.#backups, fact.backupId].slice(-mostBackups);
    }
    this.events.told(server, fact);
  }

  stop(): void {
    this.events.stop();
  }

  /** Whether this account takes over: it sees something new, and the reporting account sees less or nothing. */
  #takesOver({ id }: Server, before: Server, after: Server): boolean {
    const { servers, accounts } = this.store.state;
    const teller = servers.get(id);
    if (teller === undefined) return true;
    const isNews = after.power !== before.power || after.usage !== before.usage;
    if (!isNews || after.power === null || teller.link.kind === 'live') return false;
    const isBlind = teller.power === null || accounts.get(teller.accountId)?.state.kind !== 'ready';
    return after.link.kind === 'live' || isBlind;
  }
}

/** The previous row for the account that takes over, with the process state that is logged already. */
function joined(last: Server, before: Server, after: Server): Server {
  const { power, condition, node, crashedAt, crash = null } = last;
  // Two accounts see the same crash at slightly different times.
  const isSame = crashedAt !== null && after.crashedAt !== null;
  return { ...before, power, condition, node, crash, crashedAt: isSame ? after.crashedAt : crashedAt };
}
