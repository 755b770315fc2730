import * as z from 'zod';
import type { LinkSubject, LinkTarget } from './link-subject.js';
import { signClaims, type TokenIssue, type TokenRules } from './token.js';

const claims = {
  iat: z.number().optional(),
  exp: z.number().optional(),
  server_uuid: z.string(),
  user_uuid: z.string().default(''),
  unique_id: z.string(),
  scope: z.string().optional(),
};

/** Claims by kind of link. */
const schemas = {
  backup: z.object({ ...claims, backup_uuid: z.uuid() }),
  file: z.object({ ...claims, file_path: z.string() }),
  upload: z.object(claims),
};

const scopes: Record<LinkTarget['kind'], string> = {
  backup: 'backup-download',
  file: 'file-download',
  upload: 'file-upload',
};

type LinkClaims<K extends LinkTarget['kind']> = z.infer<(typeof schemas)[K]>;

/** Signs a link to a backup or a file, or for an upload (PROTOCOL 2.16.13, 2.17). */
export function signLink(subject: LinkSubject, issue: Omit<TokenIssue, 'lifetimeSeconds'>): Promise<string> {
  const { target, lifetimeSeconds } = subject;
  const scope = issue.tokens.scope === null ? null : scopes[target.kind];
  return signClaims(targetClaims(target), subject, { ...issue, lifetimeSeconds, scope });
}

function targetClaims(target: LinkTarget): Record<string, string> {
  if (target.kind === 'backup') return { backup_uuid: target.uuid };
  return target.kind === 'file' ? { file_path: target.path } : {};
}

/** Signed links of a node, each valid for one request; a restart of the node ends all earlier links. */
export class OneTimeLinks {
  readonly #used = new Set<string>();

  constructor(private readonly rules: TokenRules) {}

  /** Uses up the link. null = refused as used or revoked. Rejects for a token that is expired or not from here. */
  async redeem<K extends LinkTarget['kind']>(kind: K, token: string): Promise<LinkClaims<K> | null> {
    const found = schemas[kind].parse(await this.rules.verified(token));
    if (this.rules.isExpired(found.exp)) throw new Error('expired');
    if (found.scope !== undefined && found.scope !== scopes[kind]) throw new Error('another scope');
    if (this.rules.isRevoked(found) || this.#used.has(found.unique_id)) return null;
    this.#used.add(found.unique_id);
    return found as LinkClaims<K>;
  }
}
