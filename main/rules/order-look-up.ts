/**
 * Checks in Perch's earlier records whether an order of an earlier run of Perch was carried out (RULES "After a crash
 * of Perch"). Not found never means that nothing happened.
 */
import type { Actor } from '../../bridge/schema/event-actor.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { BackupList } from '../../bridge/schema/backups.js';
import type { SentOrder } from './run-state.js';

export interface OrderLookUpDeps {
  /** Entries of the log of this server since a wall-clock time. Never rejects. */
  eventsOf(serverId: string, from: number): Promise<readonly HistoryEvent[]>;
  /** The panel's backups. Rejects with `PerchError`. */
  backupsOf(serverId: string): Promise<Pick<BackupList, 'backups'>>;
  /** Ids of the backups that a rule made. */
  madeByRule(serverId: string): ReadonlySet<string>;
}

export interface FoundOrder {
  readonly isFound: boolean;
  readonly backup?: string;
}

/** The clock of the panel and of this computer differ by less than this in ms. */
const clockErrorMs = 5000;
const notFound: FoundOrder = { isFound: false };

/** Never rejects. */
export async function lookUpOrder(
  deps: OrderLookUpDeps,
  { id, serverId, act }: SentOrder,
  sentAt: number,
): Promise<FoundOrder> {
  switch (act.kind) {
    case 'power': {
      const events = await deps.eventsOf(serverId, sentAt);
      return {
        isFound: events.some(({ what }) => 'by' in what && isByRule(what.by) && isOf(act.signal, what.kind)),
      };
    }
    case 'notify': {
      const events = await deps.eventsOf(serverId, sentAt);
      return { isFound: events.some(({ what }) => what.kind === 'rule-told' && isSame(what, id, act.text)) };
    }
    case 'backup':
      return act.quietly ? notFound : findBackup(deps, serverId, sentAt);
    default:
      // The log has no entry for a command, and its echo names nobody.
      return notFound;
  }
}

async function findBackup(deps: OrderLookUpDeps, serverId: string, sentAt: number): Promise<FoundOrder> {
  try {
    const { backups } = await deps.backupsOf(serverId);
    const made = deps.madeByRule(serverId);
    const found = backups.find(
      ({ id, createdAt }) => (createdAt ?? 0) >= sentAt - clockErrorMs && made.has(id),
    );
    return found === undefined ? notFound : { isFound: true, backup: found.id };
  } catch {
    return notFound;
  }
}

/** Entries of earlier versions have no order. */
function isSame(
  { order, text }: Extract<HistoryEvent['what'], { kind: 'rule-told' }>,
  id: string,
  wanted: string,
): boolean {
  return order === undefined ? text === wanted : order === id;
}

function isByRule(by: Actor | undefined): boolean {
  // A signal of a wish for an empty server says for how long nobody was on.
  return by?.kind === 'me' && (by.rule === true || by.emptyMinutes !== undefined);
}

function isOf(signal: 'start' | 'stop' | 'restart', kind: HistoryEvent['what']['kind']): boolean {
  switch (signal) {
    case 'start':
      return kind === 'started';
    case 'stop':
      return kind === 'stopped';
    case 'restart':
      return kind === 'restarted' || kind === 'restart-failed';
  }
}
