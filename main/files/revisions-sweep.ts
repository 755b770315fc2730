import type { ByteFolder } from './byte-folder.js';
import { excess, limits, type Removable, type KeptRevision } from './revisions-limits.js';
import { isIndex, trimmed, type ServerRevisions, type ServerRevisionsFiles } from './server-revisions.js';

export interface SweepDeps {
  readonly folder: ByteFolder;
  readonly files: ServerRevisionsFiles;
  /** Wall-clock time. */
  readonly now: number;
  /** Whether the account of this folder is not known any more. */
  readonly isGone: (accountFolder: string) => boolean;
}

interface Found extends Removable {
  readonly server: ServerRevisions;
  readonly revision: KeptRevision;
}

/** A content, or what a killed write left behind. Files that were set aside stay. */
const mayGo = (name: string): boolean => /^[\da-f]{64}$|\.\d+$/.test(name);

/** Removes what is beyond the limits, and contents that no revision needs. Rejects if the disk refuses it. */
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

/** Removes what is too old, and what nothing needs; returns the rest. */
async function sweepAccount({ folder, files, now }: SweepDeps, account: string): Promise<Found[]> {
  const entries = await folder.list(account);
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
  for (const { name } of entries)
    if (mayGo(name) && !needed.has(name)) await folder.remove(`${account}/${name}`);
  return found;
}
