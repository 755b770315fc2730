/**
 * Tokens whose permissions may have been withdrawn. Pelican's nodes close every socket when a subuser changes but still
 * accept the old token (PROTOCOL 8.4). Times are monotonic, in ms. Pure.
 */
import type { Random } from '../base/ports.js';
import type { HeldToken } from './token.js';

/** Pelican cuts many sockets at once; the random delay (ms) spreads their token requests. */
const rereadRights = { firstMs: 5000, spreadMs: 55_000 };

/**
 * True if the permissions of the token may be outdated. `doubtedAt` = when the node last closed the socket in this way;
 * null = never. Owners and administrators (`*`) can't lose permissions in this way.
 */
export function mayBeOld(
  { receivedAt, permissions }: Pick<HeldToken, 'receivedAt' | 'permissions'>,
  doubtedAt: number | null,
): boolean {
  const isOlder = doubtedAt !== null && receivedAt <= doubtedAt;
  return isOlder && permissions !== null && !permissions.includes('*');
}

/** Ms until the renewal of a token. A token with possibly old permissions is renewed early. */
export function renewalIn(
  held: HeldToken,
  { now, doubtedAt, random }: { now: number; doubtedAt: number | null; random: Random },
): number {
  const usual = held.renewAt - now;
  if (!mayBeOld(held, doubtedAt)) return usual;
  return Math.min(usual, rereadRights.firstMs + Math.round(random() * rereadRights.spreadMs));
}
