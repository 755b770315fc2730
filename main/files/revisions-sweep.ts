import type { ByteFolder, FolderEntry } from './byte-folder.js';
import { excess, limits, type Removable, type KeptRevision } from './revisions-limits.js';
import {
  endOfIndex,
  isIndex,
  trimmed,
  type ServerRevisions,
  type ServerRevisionsFiles,
} from './server-revisions.js';

export interface SweepDeps {
  readonly folder: ByteFolder;
  readonly files: ServerRevisionsFiles;
  /** Wall-clock time. */
  readonly now: number;
  /** Whether the account of this folder is gone. */
  readonly isGone: (accountFolder: string) => boolean;
}

interface Found extends Removable {
  readonly server: ServerRevisions;
  readonly revision: KeptRevision;
}

/** A content, or the remainder of a killed write. */
const mayGo = (name: string): boolean => /^[\da-f]{64}$|\.\d+$/.test(name);
const isAside = (name: string): boolean => /\.damaged-\d+$/.test(name);
/** File systems round the times of files, at most by this much. */
const roundedMs = 2000;

/** Removes revisions beyond the limits, and contents that no revision needs. Rejects if the disk refuses. */
export async function sweep(deps: SweepDeps): Promise<void> {
  const { folder, files, isGone } = deps;
  const accounts = (await folder.list('')).map(({ name }) => name);
  const found: Found[] = [];
  for (const account of accounts) {
    if (isGone(account)) await folder.remove(account);
    else found.push(...(await sweepAccount(deps, account)));
  }
  const gone = excess(found, limits.bytes);
  if (gone.size === 0) return;
  for (const server of new Set([...gone].map((one) => one.server))) {
    const lost = new Set([...gone].map(({ revision }) => revision));
    const revisions = server.revisions.filter((one) => !lost.has(one));
    await files.save({ ...server, revisions });
  }
  const needed = new Set(found.filter((one) => !gone.has(one)).map(({ content }) => content));
  for (const { content } of gone) if (!needed.has(content)) await folder.remove(content);
}

/** Removes old revisions and unused contents; returns the rest. */
async function sweepAccount({ folder, files, now }: SweepDeps, account: string): Promise<Found[]> {
  const entries: FolderEntry[] = [];
  for (const entry of await folder.list(account))
    if (isAside(entry.name) && now - entry.modifiedAt >= limits.ageMs)
      await folder.remove(`${account}/${entry.name}`);
    else entries.push(entry);
  const sizes = new Map(entries.map(({ name, bytes }) => [name, bytes]));
  const found: Found[] = [];
  for (const { name } of entries.filter((entry) => isIndex(entry.name))) {
    const before = await files.loadNamed(`${account}/${name}`);
    if (before === null) continue;
    const server = trimmed(before, now);
    if (server !== before) await files.save(server);
    const held = new Set(server.goodStart?.files.map(({ version }) => version));
    for (const revision of server.revisions) {
      const { at, version } = revision;
      const bytes = sizes.get(version) ?? 0;
      found.push({
        server,
        revision,
        at,
        bytes,
        content: `${account}/${version}`,
        isHeld: held.has(version),
      });
    }
  }
  const needed = new Set(found.map(({ revision }) => revision.version));
  const lostUntil = lastWriteOfLost(await folder.list(account));
  for (const { name, modifiedAt } of entries)
    if (mayGo(name) && !needed.has(name) && modifiedAt > lostUntil) await folder.remove(`${account}/${name}`);
  return found;
}

/**
 * Time of the last write of the lists that were set aside: they may name contents that are as old or older, so a
 * person or a later Perch can still read those. Without such a list -Infinity.
 */
function lastWriteOfLost(entries: readonly FolderEntry[]): number {
  const lost = entries.filter(({ name }) => isAside(name) && name.includes(endOfIndex));
  return Math.max(-Infinity, ...lost.map(({ modifiedAt }) => modifiedAt + roundedMs));
}
