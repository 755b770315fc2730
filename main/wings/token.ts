/** The token of a socket and how long it may be used (PROTOCOL 4.2, 4.7). */
import { decodeJwt } from 'jose';
import * as z from 'zod';
import type { SocketTicket } from '../panel/api.js';

export interface HeldToken {
  token: string;
  /** Address of the socket that it came with. */
  url: string;
  receivedAt: number;
  /** By our own clock: lifetime counted from receipt, because the panel's clock may differ (PROTOCOL trap 38). */
  expiresAt: number;
  /** When a new one should be fetched. */
  renewAt: number;
  /** Until when a new connection may still be opened with it. */
  reusableUntil: number;
  /** null where the token cannot be read. */
  permissions: string[] | null;
  serverUuid: string | null;
}

const usualLifetimeMs = 600_000;
/** Longer than any real lifetime; timers of Node overflow at 24.8 days. */
const longestLifetimeMs = 24 * 3_600_000;

const claimsSchema = z.object({
  iat: z.number().optional().catch(undefined),
  exp: z.number().optional().catch(undefined),
  server_uuid: z.string().max(100).optional().catch(undefined),
  permissions: z.array(z.string().max(200)).max(1000).optional().catch(undefined),
});

/**
 * Reads the claims without checking the signature, which only the node can do. A token that cannot be read is held
 * all the same, with the usual lifetime and unknown permissions: the node decides about it.
 */
export function holdTicket(ticket: SocketTicket, now: number): HeldToken {
  const claims = readClaims(ticket.token);
  const { iat, exp } = claims;
  const told = iat !== undefined && exp !== undefined ? (exp - iat) * 1000 : usualLifetimeMs;
  const lifetime = Math.min(Math.max(told, 1000), longestLifetimeMs);
  const expiresAt = now + lifetime;
  return {
    token: ticket.token,
    url: ticket.url,
    receivedAt: now,
    expiresAt,
    renewAt: expiresAt - Math.min(45_000, lifetime / 4),
    reusableUntil: expiresAt - Math.min(30_000, lifetime / 5),
    permissions: claims.permissions ?? null,
    serverUuid: claims.server_uuid ?? null,
  };
}

function readClaims(token: string): z.infer<typeof claimsSchema> {
  try {
    return claimsSchema.parse(decodeJwt(token));
  } catch {
    return {};
  }
}
