/** Facts that a restart of Perch must not change. */
import type { ServerRecord, Shown, Transcript, Violation } from '../transcript.js';

type Found = Omit<Violation, 'rule'>;

const settlesMs = 1000;

/**
 * A server that was down before a restart of Perch is down after it: a crash means that the server has not run since.
 */
export function restartsKeepCrashes({ servers }: Transcript): Found[] {
  return [...servers.values()].flatMap((server) =>
    server.shown.flatMap((row, index) => (row.mark === 'closed' ? lostAt(index, server) : [])),
  );
}

function lostAt(index: number, server: ServerRecord): Found[] {
  const before = server.shown[index - 1];
  const after = server.shown.slice(index + 1).find(({ power, mark }) => power !== null || mark === 'closed');
  if (before === undefined || after === undefined || after.mark === 'closed') return [];
  if (!before.hasEnded || before.power !== 'offline' || !wasDown(before, after, server)) return [];
  // After a kill, the log shows the crash; Perch reads it just after the start.
  const soon = server.shown.findLast(({ at }) => at <= after.at + settlesMs);
  if (soon?.hasEnded === true) return [];
  return [
    { at: after.at, about: server.id, what: `down by itself before a restart, ${after.mark} after it` },
  ];
}

/** Whether the server stayed down and was not suspended or installed meanwhile. */
function wasDown(before: Shown, after: Shown, { states, conditions }: ServerRecord): boolean {
  const isWithin = ({ at }: { at: number }): boolean => at > before.at && at <= after.at;
  if (states.at(before.at) !== 'offline' || conditions.at(before.at) !== 'normal') return false;
  return !states.spans.some(isWithin) && !conditions.spans.some(isWithin);
}
