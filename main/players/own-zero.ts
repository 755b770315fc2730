import type { Server } from '../../bridge/schema/domain.js';
import type { PlayerProof } from './player-proof.js';
import type { PlayerQueries } from './player-queries.js';

export interface OwnZeroDeps {
  readonly proof: Pick<PlayerProof, 'isProven'>;
  readonly queries: Pick<PlayerQueries, 'sharesAnswer'>;
}

/**
 * Whether a zero that a game answered means that nobody is on this server: the game counts its players, and the answer
 * does not come from another server behind the same address (PLAYERS "When empty").
 */
export function isOwnZero(server: Server, { proof, queries }: OwnZeroDeps): boolean {
  return proof.isProven(server) && !queries.sharesAnswer(server);
}
