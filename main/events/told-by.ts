/**
 * Which of several accounts tells what happens to a server that all of them see: one at a time, so that each thing is one
 * entry. Signals of the person count whichever account sent them.
 */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerFact } from '../base/server-fact.js';
import type { ServerEvents } from './server-events.js';

/** More backups than one server makes while the slowest account hears of the first of them. */
const mostBackups = 20;

export class ToldBy {
  readonly #events: ServerEvents;
  readonly #state: () => FleetState;
  /** The row that was told last; its account goes on telling. */
  #last: Server | null = null;
  /** The newest last. */
  #backups: readonly string[] = [];

  constructor(events: ServerEvents, state: () => FleetState) {
    this.#events = events;
    this.#state = state;
  }

  /** A row of this server has changed, seen through any of its accounts. */
  changed(before: Server, after: Server): void {
    this.#events.signalled(before, after);
    const last = this.#last;
    if (last !== null && last.id !== after.id && !this.#takesOver(last, before, after)) return;
    const isOther = last !== null && last.id !== after.id;
    this.#last = after;
    this.#events.changed(isOther ? joined(last, before, after) : before, after);
  }

  /** Nodes tell each account of the same backup. */
  told(server: Server, fact: ServerFact): void {
    if (fact.kind === 'backup' && fact.backupId !== null) {
      if (this.#backups.includes(fact.backupId)) return;
      this.#backups = [...this.#backups, fact.backupId].slice(-mostBackups);
    }
    this.#events.told(server, fact);
  }

  stop(): void {
    this.#events.stop();
  }

  /** An account that sees something new, where the one that tells sees less or nothing. */
  #takesOver({ id }: Server, before: Server, after: Server): boolean {
    const { servers, accounts } = this.#state();
    const teller = servers.get(id);
    if (teller === undefined) return true;
    const isNews = after.power !== before.power || after.usage !== before.usage;
    if (!isNews || after.power === null || teller.link.kind === 'live') return false;
    const isBlind = teller.power === null || accounts.get(teller.accountId)?.state.kind !== 'ready';
    return after.link.kind === 'live' || isBlind;
  }
}

/** What the log knows of the process, as the row that goes on telling would have shown it. */
function joined(last: Server, before: Server, after: Server): Server {
  const { power, condition, node, crashedAt, crash = null } = last;
  // Two accounts see one crash at slightly different moments.
  const isSame = crashedAt !== null && after.crashedAt !== null;
  return { ...before, power, condition, node, crash, crashedAt: isSame ? after.crashedAt : crashedAt };
}
