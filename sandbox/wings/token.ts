import { createHash, randomBytes } from 'node:crypto';
import { compactVerify, SignJWT } from 'jose';
import * as z from 'zod';
import type { TokenSubject, WingsTokens } from './api.js';

/** Reason to refuse a token; clients get this text (PROTOCOL 4.8). */
export type TokenProblem =
  | 'jwt: exp claim is invalid'
  | 'jwt: created too far in past (denylist)'
  | 'jwt: no jwt present'
  | 'jwt: missing connect permission'
  | 'jwt: server uuid mismatch';

export class TokenRefused extends Error {
  override name = 'TokenRefused';

  constructor(readonly problem: TokenProblem) {
    super(problem);
  }
}

const claimsSchema = z.object({
  iat: z.number().optional(),
  exp: z.number().optional(),
  server_uuid: z.string().default(''),
  user_uuid: z.string().default(''),
  permissions: z.array(z.string()).nullish(),
  scope: z.string().optional(),
});

/** Claims of an accepted token. */
export type Claims = z.infer<typeof claimsSchema>;

/** `*` includes all permissions but `admin.*`; no other wildcard exists (PROTOCOL 5). */
export function allows(claims: Claims, permission: string): boolean {
  const held = claims.permissions ?? [];
  return held.includes(permission) || (!permission.startsWith('admin') && held.includes('*'));
}

/** Settings for signed tokens, and the time. */
export interface TokenIssue {
  key: string;
  panelUrl: string;
  nodeUrl: string;
  lifetimeSeconds: number;
  now: number;
  tokens: WingsTokens;
}

/** Signs a token of a websocket as the panel does (PROTOCOL 4.2). */
export function signToken(subject: TokenSubject, issue: TokenIssue): Promise<string> {
  return signClaims({ permissions: [...subject.permissions] }, subject, {
    scope: issue.tokens.scope,
    ...issue,
  });
}

/** Signs claims about a user and a server. `scope` = what newer nodes require the token to be for; null = none. */
export async function signClaims(
  claims: Record<string, unknown>,
  subject: { serverUuid: string; userUuid: string; userId: number },
  issue: TokenIssue & { scope: string | null },
): Promise<string> {
  const issuedAt = Math.floor(issue.now / 1000);
  const { numbersUsers, idHash } = issue.tokens;
  // The same for every token of that user and server.
  const id = createHash(idHash).update(`${subject.userId}${subject.serverUuid}`).digest('hex');
  return new SignJWT({
    ...claims,
    server_uuid: subject.serverUuid,
    user_uuid: subject.userUuid,
    ...(numbersUsers ? { user_id: subject.userId } : {}),
    unique_id: randomBytes(8).toString('hex'),
    ...(issue.scope === null ? {} : { scope: issue.scope }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(issue.panelUrl)
    .setAudience([issue.nodeUrl])
    .setJti(id)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt - 300)
    .setExpirationTime(issuedAt + issue.lifetimeSeconds)
    .sign(new TextEncoder().encode(issue.key));
}

/** Rules for tokens: set up when the node starts, lost when it goes down. */
export class TokenRules {
  readonly #key: Uint8Array;
  readonly #tokens: WingsTokens;
  readonly #bootSecond: number;
  readonly #revoked = new Map<string, number>();

  constructor(
    key: string,
    tokens: WingsTokens,
    private readonly now: () => number,
  ) {
    this.#key = new TextEncoder().encode(key);
    this.#tokens = tokens;
    // Whole seconds like `iat`, so that a token from the second of the boot is accepted.
    this.#bootSecond = Math.floor(now() / 1000);
  }

  /** Refuses tokens of this user for this server from before now. */
  revoke(userUuid: string, serverUuid: string): void {
    this.#revoked.set(`${userUuid} ${serverUuid}`, this.now() / 1000);
  }

  /**
   * Verifies a token for a websocket of this server.
   * Rejects with `TokenRefused` for invalid claims; any other error means that the token is not from this node. Not all
   * nodes compare the server's UUID here, and none compare `nbf`, `iss` and `aud` (PROTOCOL 4.2).
   */
  async open(text: string, serverUuid: string): Promise<Claims> {
    const claims = claimsSchema.parse(await this.verified(text));
    const problem = this.#tokens.comparesServer
      ? this.problemOf(claims, serverUuid)
      : this.#wrongWith(claims);
    if (problem !== null) throw new TokenRefused(problem);
    return claims;
  }

  /** Claims of a token with this node's signature. Rejects for any other token. */
  async verified(text: string): Promise<unknown> {
    // The library allows blanks within a token; Wings does not.
    if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) throw new Error('malformed token');
    const { payload } = await compactVerify(text, this.#key, { algorithms: ['HS256'] });
    return JSON.parse(new TextDecoder().decode(payload));
  }

  isExpired(exp: number | undefined): boolean {
    // Whole seconds: the token is still valid in the second of `exp`.
    return exp === undefined || Math.floor(this.now() / 1000) > exp;
  }

  /** Whether the token was issued before the boot of the node, or before its user lost a permission. */
  isRevoked({ iat, user_uuid, server_uuid }: Pick<Claims, 'iat' | 'user_uuid' | 'server_uuid'>): boolean {
    const revokedAt = this.#revoked.get(`${user_uuid} ${server_uuid}`);
    return iat === undefined || iat < this.#bootSecond || (revokedAt !== undefined && iat < revokedAt);
  }

  /** Problem of the token that a websocket holds, checked before every message. */
  problemOf(claims: Claims | null, serverUuid: string): TokenProblem | null {
    if (claims === null) return 'jwt: no jwt present';
    const problem = this.#wrongWith(claims);
    if (problem !== null) return problem;
    return claims.server_uuid === serverUuid ? null : 'jwt: server uuid mismatch';
  }

  #wrongWith(claims: Claims): TokenProblem | null {
    if (this.isExpired(claims.exp)) return 'jwt: exp claim is invalid';
    if (this.isRevoked(claims)) return 'jwt: created too far in past (denylist)';
    // A missing scope gives the same text (PROTOCOL 4.8).
    const isScoped = this.#tokens.scope === null || claims.scope === this.#tokens.scope;
    return isScoped && allows(claims, 'websocket.connect') ? null : 'jwt: missing connect permission';
  }
}
