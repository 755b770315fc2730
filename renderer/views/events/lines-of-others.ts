/**
 * Lines of others between a server's events. Pure.
 *
 * Perch sees a stop, and the panel's activity names the same stop. Shown twice, one act would look like two, so an
 * entry of the activity becomes a line only if no event tells the same act. Both lists are newest first, with times in
 * wall-clock ms; the clocks of panel, node and computer may differ (PROTOCOL 2.14.6).
 */
import type { ActivityEntry } from '../../../bridge/schema/activity.js';
import type { HappeningKind, HistoryEvent } from '../../../bridge/schema/events.js';

const minuteMs = 60_000;
/** How far the times of one act may lie apart: nodes report to their panel once a minute, and clocks differ. */
const nearMs = 2 * minuteMs;
/** The longest time between the beginning of a backup or restoration and its end; the name decides then. */
const longMs = 24 * 60 * minuteMs;

const powerKinds: readonly HappeningKind[] = [
  'crashed',
  'went-offline',
  'stopped',
  'started',
  'restarted',
  'restart-failed',
  'slow-start',
];
const backupKinds: readonly HappeningKind[] = ['backup', 'backup-deleted', 'restored'];
/** Left out: a person who looks through a folder leaves an entry for each file. */
const unsaid: ReadonlySet<string> = new Set(['server:file.read']);

/** Acts that Perch sends over a node's socket, which the node writes down like acts at the panel's pages (PROTOCOL 2.14.6). */
const overSocket = /^server:(?:power\.|console\.)/;

interface OthersChoice {
  /** User name of the account; null while unknown. Acts of its keys are acts of Perch or of the user's programs. */
  readonly user: string | null;
  /** Entries before this time are left out: the events of that time are not read yet. */
  readonly from: number;
}

export function linesOfOthers(
  entries: readonly ActivityEntry[],
  events: readonly HistoryEvent[],
  { user, from }: OthersChoice,
): readonly ActivityEntry[] {
  const power = events.filter(({ what }) => powerKinds.includes(what.kind));
  const backups = events.filter(({ what }) => backupKinds.includes(what.kind));
  return entries.filter((entry) => {
    if (entry.at < from || unsaid.has(entry.event)) return false;
    if (entry.by === user && user !== null && (entry.isApi || overSocket.test(entry.event))) return false;
    if (/^server:(?:power\.|crashed$)/.test(entry.event)) return !power.some((event) => isNear(event, entry));
    if (!entry.event.startsWith('server:backup.')) return true;
    return !backups.some((event) => tells(event, entry) && isOfBackup(event, entry));
  });
}

function isNear({ at, endedAt }: HistoryEvent, entry: ActivityEntry): boolean {
  const end = endedAt ?? at;
  return [at, end].some((time) => Math.abs(time - entry.at) <= nearMs);
}

/** Whether such an event tells the act on a backup. None tells of a download, a lock or another name. */
function tells({ what }: HistoryEvent, { event }: ActivityEntry): boolean {
  if (/^server:backup\.(?:start|complete|fail)$/.test(event)) return what.kind === 'backup';
  if (event === 'server:backup.delete')
    return what.kind === 'backup-deleted' || (what.kind === 'backup' && what.isDeleted === true);
  return what.kind === 'restored' && event.startsWith('server:backup.restore');
}

/** Whether an event is about the backup: by its name, and without one by the time. */
function isOfBackup({ at, what }: HistoryEvent, { at: then, properties }: ActivityEntry): boolean {
  const name = 'name' in what ? what.name : undefined;
  if (name === undefined || typeof properties['name'] !== 'string') return Math.abs(at - then) <= nearMs;
  return name === properties['name'] && Math.abs(at - then) <= longMs;
}
