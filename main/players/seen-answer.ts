/** Which names of an answer count as players who were on. Pure. */
import type { PlainName } from '../../bridge/players/plain-name.js';
import type { QueryAnswer } from '../query/query-answer.js';

export interface SeenAnswer {
  readonly names: readonly PlainName[];
  /** Whether these are all players who are on. */
  readonly isWhole: boolean;
}

/** null if the answer names nobody, or if bots may be among the names: Source does not tell the two apart. */
export function seenInAnswer({
  names,
  players,
  bots,
}: Pick<QueryAnswer, 'names' | 'players' | 'bots'>): SeenAnswer | null {
  if (names === null || bots > 0) return null;
  // Without a number, the names may be a part: Minecraft sends twelve.
  return { names, isWhole: players !== null && names.length >= players };
}
