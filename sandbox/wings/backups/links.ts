import * as z from 'zod';
import { signClaims, type TokenIssue, type TokenRules } from '../token.js';
import type { LinkSubject } from './api.js';

const claimsSchema = z.object({
  iat: z.number().optional(),
  exp: z.number().optional(),
  backup_uuid: z.uuid(),
  server_uuid: z.string(),
  user_uuid: z.string().default(''),
  unique_id: z.string(),
  scope: z.string().optional(),
});

type LinkClaims = z.infer<typeof claimsSchema>;

/** Signs a link to a backup (PROTOCOL 2.16.13). */
export function signLink(subject: LinkSubject, issue: Omit<TokenIssue, 'lifetimeSeconds'>): Promise<string> {
  const scope = issue.tokens.scope === null ? null : 'backup-download';
  const { backupUuid, lifetimeSeconds } = subject;
  return signClaims({ backup_uuid: backupUuid }, subject, { ...issue, lifetimeSeconds, scope });
}

/** Links to backups of a node, each good for one request; a restart of the node ends all earlier ones. */
export class BackupLinks {
  readonly #used = new Set<string>();

  constructor(private readonly rules: TokenRules) {}

  /** Uses up the link. null = refused as used or revoked. Rejects for a token that is expired or not from here. */
  async redeem(token: string): Promise<LinkClaims | null> {
    const claims = claimsSchema.parse(await this.rules.verified(token));
    if (this.rules.isExpired(claims.exp)) throw new Error('expired');
    if (this.rules.isRevoked(claims) || this.#used.has(claims.unique_id)) return null;
    this.#used.add(claims.unique_id);
    return claims;
  }
}
