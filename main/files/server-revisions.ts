import { createHash } from 'node:crypto';
import * as z from 'zod';
import { revisionSchema } from '../../bridge/schema/revisions.js';
import { serverStateSchema, type ServerState } from '../../bridge/schema/server-states.js';
import { isNewer, parseJson } from '../base/json.js';
import type { Log } from '../base/ports.js';
import type { ByteFolder } from './byte-folder.js';
import { limits, withinLimits, type KeptRevision } from './revisions-limits.js';

/** Revisions of one server, in one file. */
export interface ServerRevisions {
  readonly serverId: string;
  /** Oldest first. */
  readonly revisions: readonly KeptRevision[];
  /** State at the last good start; null = none was seen. */
  readonly goodStart: ServerState | null;
  /** Wall-clock time at which the watch last read the configuration; null = never. */
  readonly readAt: number | null;
}

const version = 1;
const fileSchema = z.object({
  version: z.literal(version),
  serverId: z.string(),
  revisions: z.array(revisionSchema.extend({ path: z.string() })),
  goodStart: serverStateSchema.nullable(),
  readAt: z.number().nullable().default(null),
});

export interface ServerRevisionsDeps {
  readonly folder: ByteFolder;
  readonly log: Log;
  readonly setAside: (what: { content: 'revisions'; why: 'damaged' | 'newer'; file: string }) => void;
}

/** Name that any file system takes and that reveals nothing. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

export const folderOfAccount = (accountId: string): string => hashOf(accountId);
export const endOfIndex = '.json';
export const isIndex = (name: string): boolean => name.endsWith(endOfIndex);

function nameOf(serverId: string): string {
  const accountId = serverId.slice(0, serverId.indexOf('/'));
  return `${folderOfAccount(accountId)}/${hashOf(serverId)}${endOfIndex}`;
}

/** Revisions within the limits; the same object if all of them are. */
export function trimmed(server: ServerRevisions, now: number): ServerRevisions {
  const { serverId } = server;
  const isOld = (at: number): boolean => now - at >= limits.ageMs;
  const readAt = server.readAt === null || isOld(server.readAt) ? null : server.readAt;
  const goodStart = server.goodStart === null || isOld(server.goodStart.readAt) ? null : server.goodStart;
  const held = new Set(goodStart?.files.map((file) => file.version));
  const revisions = withinLimits(server.revisions, now, (content) => held.has(content));
  const isSame = revisions.length === server.revisions.length && goodStart === server.goodStart;
  return isSame && readAt === server.readAt ? server : { serverId, revisions, goodStart, readAt };
}

/**
 * The files with the revisions of each server. Perch renames a damaged file, and the server begins without revisions.
 * Every method rejects if the disk refuses to read or write, so nothing replaces a file that could not be read.
 */
export class ServerRevisionsFiles {
  constructor(private readonly deps: ServerRevisionsDeps) {}

  async load(serverId: string): Promise<ServerRevisions> {
    const known = await this.loadNamed(nameOf(serverId));
    return known?.serverId === serverId ? known : { serverId, revisions: [], goodStart: null, readAt: null };
  }

  /** null if the file was missing or unusable. */
  async loadNamed(name: string): Promise<ServerRevisions | null> {
    const { folder, log, setAside } = this.deps;
    const bytes = await folder.read(name);
    if (bytes === null) return null;
    const text = Buffer.from(bytes).toString('utf8');
    const file = fileSchema.safeParse(parseJson(text));
    if (file.success) return file.data;
    const why = isNewer(text, version) ? 'newer' : 'damaged';
    log.warn('revisions.damaged', { why });
    setAside({ content: 'revisions', why, file: await folder.setAside(name) });
    return null;
  }

  async save(server: ServerRevisions): Promise<void> {
    const { folder } = this.deps;
    const name = nameOf(server.serverId);
    const isEmpty = server.revisions.length === 0 && server.goodStart === null && server.readAt === null;
    if (isEmpty) await folder.remove(name);
    else await folder.write(name, Buffer.from(`${JSON.stringify({ version, ...server })}\n`));
  }
}
