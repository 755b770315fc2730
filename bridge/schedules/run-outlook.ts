/** Effect of "run now" on a schedule, because the panel takes the order whatever follows (PROTOCOL 2.20). */
import type { Server } from '../schema/domain.js';
import type { Schedule } from '../schema/schedules.js';

/**
 * - `empty`: the panel refuses, because there are no tasks.
 * - `offline`: the schedule wants a running server, so the panel ends the run at once and without a word.
 * - `command-offline`: the first task is a command, which a stopped server never gets, and the run ends.
 * - `twice`: a run is in progress, and the tasks start a second time beside it.
 * - `switched-off`: the run begins although the schedule is switched off.
 * - `runs`: the run begins.
 */
export type RunOutlook = 'empty' | 'offline' | 'command-offline' | 'twice' | 'switched-off' | 'runs';

/** The strongest reason counts. An unknown power state counts as running: the panel decides. */
export function runOutlook(
  { tasks, onlyWhenOnline, isProcessing, isActive }: Schedule,
  power: Server['power'],
): RunOutlook {
  const [first] = tasks;
  if (first === undefined) return 'empty';
  // The panel counts a starting server as online (PROTOCOL 2.20.16).
  if (onlyWhenOnline && (power === 'offline' || power === 'stopping')) return 'offline';
  if (first.action === 'command' && power === 'offline') return 'command-offline';
  if (isProcessing) return 'twice';
  return isActive ? 'runs' : 'switched-off';
}
