/** Whether what keeps a server from running is shown. Without zod: windows know this. */
import type { DismissedFix, FixIt } from '../schema/fix-its.js';

/** What is needed of a server to say what helps it: structural, for `Server` holds a fix-it itself. */
interface Ailing {
  readonly id: string;
  readonly power: string | null;
  readonly fixIt?: FixIt | null | undefined;
}

/** What is to be shown of it; null where it runs, nothing is known, or the person has dismissed it. `slowSince` = since when it starts. */
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
