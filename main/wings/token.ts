/** Token of a websocket and its validity (PROTOCOL 4.2, 4.7). Times are monotonic, in ms. */
import { decodeJwt } from 'jose';
import * as z from 'zod';
import type { SocketTicket } from '../panel/api.js';

export interface HeldToken {
  token: string;
  /** Address of the websocket, from the same answer as the token. */
  url: string;
  receivedAt: number;
  /** Receipt time plus lifetime, because the panel's clock may differ from the local clock (PROTOCOL trap 38). */
  expiresAt: number;
  /** When to request a new token. */
  renewAt: number;
  /** Until when a new connection may use the token. */
  reusableUntil: number;
  /** null if the token cannot be read. */
  permissions: string[] | null;
  serverUuid: string | null;
}

const usualLifetimeMs = 600_000;
/** Longer than any real lifetime. Node's timers overflow at 24.8 days. */
const longestLifetimeMs = 24 * 3_600_000;

const claimsSchema = z.object({
  iat: z.number().optional().catch(undefined),
  exp: z.number().optional().catch(undefined),
  server_uuid: z.string().max(100).optional().catch(undefined),
  permissions: z.array(z.string().max(200)).max(1000).optional().catch(undefined),
});

/**
 * Reads the claims of a token without checking the signature, which only the node can check.
 * An unreadable token gets the usual lifetime and unknown permissions; the node decides whether it is valid.
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
