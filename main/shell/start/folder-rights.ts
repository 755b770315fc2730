/**
 * Permissions of the data folder: only this user may access it.
 *
 * Files there decide which panels get a key and which programs are trusted, and they name panels and servers. Perch
 * reads no folder that another user owns or may write to, and removes other users' permissions from its own folder.
 * Windows uses access lists that Node cannot read, so nothing is checked there.
 */
import { chmodSync, lstatSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** Ids of the user who runs Perch; null on Windows. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export function processOwner({
  geteuid,
  getegid,
}: Pick<NodeJS.Process, 'geteuid' | 'getegid'>): Owner | null {
  return geteuid === undefined || getegid === undefined ? null : { uid: geteuid(), gid: getegid() };
}

/** `foreign` = another user owns the path, `open` = other users may write to it. */
export interface RightsFault {
  readonly kind: 'foreign' | 'open';
  /** The folder, or an entry in it. */
  readonly path: string;
}

/** Names of Perch's own entries, including files set aside. The other entries are Chromium's. */
const ownName = /^(?:[a-z-]+\.json(?:\..+)?|history(?:\..+)?|drafts|revisions|logs|remote|demo)$/i;

const forGroup = 0o020;
const forAll = 0o002;

/**
 * Checks owners and permissions, without reading files. null = only this user could have changed anything, or the
 * folder does not exist.
 */
export function rightsFault(folder: string, owner: Owner | null): RightsFault | null {
  if (owner === null) return null;
  const link = lstatSync(folder, { throwIfNoEntry: false });
  // The owner of a link decides where it points.
  if (link?.isSymbolicLink() === true && !isTrusted(link, owner)) return { kind: 'foreign', path: folder };
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (found.uid !== owner.uid) return { kind: 'foreign', path: folder };
  if (isOpen(found, owner)) return { kind: 'open', path: folder };
  for (const { path, stats } of ownEntries(folder)) {
    if (!isTrusted(stats, owner)) return { kind: 'foreign', path };
    if (!stats.isSymbolicLink() && isOpen(stats, owner)) return { kind: 'open', path };
  }
  return null;
}

/**
 * Removes other users' permissions: 0700 for folders, 0600 for files.
 *
 * Older versions created folders that everybody could read. A disk without permissions stays as it is.
 */
export function closeToOthers(folder: string, owner: Owner | null): void {
  if (owner === null) return;
  close(folder, statSync(folder), owner);
  for (const { path, stats } of ownEntries(folder)) close(path, stats, owner);
}

function close(path: string, stats: Stats, owner: Owner): void {
  // The target of a link is the user's own choice, and a file of root is not Perch's to change.
  if (stats.isSymbolicLink() || stats.uid !== owner.uid || (stats.mode & 0o077) === 0) return;
  try {
    chmodSync(path, stats.mode & (stats.isDirectory() ? 0o700 : 0o600));
  } catch {
    // The file system has no permissions, as on many USB drives: nothing to restrict.
  }
}

function* ownEntries(folder: string): Generator<{ path: string; stats: Stats }> {
  for (const name of readdirSync(folder)) if (ownName.test(name)) yield* entriesAt(join(folder, name));
}

function* entriesAt(path: string): Generator<{ path: string; stats: Stats }> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  yield { path, stats };
  if (stats.isDirectory()) for (const name of readdirSync(path)) yield* entriesAt(join(path, name));
}

const isTrusted = ({ uid }: Stats, owner: Owner): boolean => uid === owner.uid || uid === 0;

/**
 * True if other users may write. Fedora and others give each user a private group with the same number, and new
 * folders belong to that group.
 */
function isOpen({ mode, gid }: Stats, owner: Owner): boolean {
  const isOwnGroup = gid === owner.gid && owner.gid === owner.uid;
  return (mode & forAll) !== 0 || ((mode & forGroup) !== 0 && !isOwnGroup);
}
