/** Who or what made a backup: Perch's own records by the id of the backup decide, then the panel's facts. Pure. */
import { isOfServer } from '../events/event-places.js';
import type { Backup } from '../schema/backups.js';
import type { Actor } from '../schema/event-actor.js';
import type { HistoryEvent } from '../schema/events.js';
import type { BackupMaker, KeptBackup } from './retention.js';

export interface MakerClues {
  /** Ids of backups that Perch made by a rule. */
  readonly byRule: readonly string[];
  readonly events: readonly HistoryEvent[];
}

export interface MadeBy {
  readonly maker: BackupMaker;
  /** The person or program by name, or this user; null if unknown. */
  readonly by: Actor | null;
}

/** The event of a backup and the panel's time of its end differ by no more than this, in ms. */
const aroundMs = 60_000;

export function madeBy(serverId: string, backup: Backup, clues: MakerClues): MadeBy {
  if (clues.byRule.includes(backup.id)) return { maker: 'rule', by: null };
  if (backup.bySchedule === true) return { maker: 'schedule', by: null };
  const by = actorOf(serverId, backup, clues.events);
  if (by?.kind === 'me' && by.rule === true) return { maker: 'rule', by: null };
  if (by !== null) return { maker: 'person', by };
  return { maker: backup.bySchedule === false ? 'person' : 'unknown', by: null };
}

/** The backup as rules see it. No rule knows the age of a backup without a time, so the backup stays as a locked one does. */
export function underRule(serverId: string, backup: Backup, clues: MakerClues): KeptBackup {
  const { id, state, createdAt, locked } = backup;
  const { maker } = madeBy(serverId, backup, clues);
  return { id, state, createdAt: createdAt ?? 0, locked: locked || createdAt === null, maker };
}

/** An event without the id of its backup counts by name and time, unless several such events name different persons. */
function actorOf(
  serverId: string,
  { id, name, completedAt }: Backup,
  events: readonly HistoryEvent[],
): Actor | null {
  const ends = events.flatMap((event) =>
    event.what.kind === 'backup' && isOfServer(event, serverId) ? [{ ...event.what, at: event.at }] : [],
  );
  const own = ends.filter(({ backupId }) => backupId === id);
  const alike = ends.filter(
    (end) =>
      end.backupId === undefined &&
      end.name === name &&
      completedAt !== null &&
      Math.abs(end.at - completedAt) <= aroundMs,
  );
  const actors = (own.length > 0 ? own : alike).map(({ by }) => by);
  const [first] = actors;
  const isCertain = actors.every((actor) => JSON.stringify(actor) === JSON.stringify(first));
  const isKnown = first?.kind === 'me' || first?.kind === 'person';
  return isCertain && isKnown ? first : null;
}
