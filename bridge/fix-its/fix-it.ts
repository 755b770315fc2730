/** Decides whether a server's fix-it is shown. Windows import this file, so it does without zod. */
import type { DismissedFix, FixIt } from '../schema/fix-its.js';

/**
 * The fields of a server that decide whether its fix-it is shown.
 * Structural, because `Server` itself contains a fix-it.
 */
interface Ailing {
  readonly id: string;
  readonly power: string | null;
  readonly fixIt?: FixIt | null | undefined;
}

/**
 * The fix-it to show.
 * Null if the server runs, no cause is known, or the user dismissed this kind. `slowSince` = when a start that
 * takes too long began (ms since the epoch); null = no slow start.
 */
export function shownFixIt(
  { id, power, fixIt = null }: Ailing,
  dismissed: readonly DismissedFix[],
  slowSince: number | null,
): FixIt | null {
  if (power === 'running') return null;
  const slow: FixIt | null =
    slowSince === null || power !== 'starting' ? null : { kind: 'never-up', at: slowSince, lines: [] };
  const shown = fixIt ?? slow;
  if (shown === null) return null;
  const isDismissed = dismissed.some(({ serverId, kind }) => serverId === id && kind === shown.kind);
  return isDismissed ? null : shown;
}
