/**
 * Who may reach the data folder: this user alone.
 *
 * What lies there decides which panels get a key and which program is trusted, and it names panels and servers. So
 * Perch reads nothing of a folder that another user owns or may write, and takes the rights of others away from its own.
 * Windows gives rights by lists that Node does not read; nothing is judged there.
 */
import { chmodSync, lstatSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';

/** The numbers of the person whose Perch this is; null on Windows. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

export function ownerOf({ geteuid, getegid }: Pick<NodeJS.Process, 'geteuid' | 'getegid'>): Owner | null {
  return geteuid === undefined || getegid === undefined ? null : { uid: geteuid(), gid: getegid() };
}

/** `foreign` = another user owns it, `open` = other users may write it. */
export interface RightsFault {
  readonly kind: 'foreign' | 'open';
  /** The folder, or the file in it. */
  readonly path: string;
}

/** What Perch itself keeps there, with what it has set aside; the rest is Chromium's. */
const ownName = /^(?:[a-z-]+\.json(?:\..+)?|history(?:\..+)?|logs|remote|demo)$/i;

const forGroup = 0o020;
const forAll = 0o002;

/** Reads rights and owners alone, no file. null where nobody else can have changed anything, or there is no folder. */
export function rightsFault(folder: string, owner: Owner | null): RightsFault | null {
  if (owner === null) return null;
  const link = lstatSync(folder, { throwIfNoEntry: false });
  // Who made a link decides where it leads.
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
 * Takes the rights of others away: 0700 for folders, 0600 for files. Older versions have left folders that everybody could read.
 * A disk that keeps no rights stays as it is.
 */
export function closeToOthers(folder: string, owner: Owner | null): void {
  if (owner === null) return;
  close(folder, statSync(folder), owner);
  for (const { path, stats } of ownEntries(folder)) close(path, stats, owner);
}

function close(path: string, stats: Stats, owner: Owner): void {
  // What a link leads to is the person's business, and root's file is not ours to change.
  if (stats.isSymbolicLink() || stats.uid !== owner.uid || (stats.mode & 0o077) === 0) return;
  try {
    chmodSync(path, stats.mode & (stats.isDirectory() ? 0o700 : 0o600));
  } catch {
    // A disk without rights.
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

/** Fedora and others give each user a group of its own number, which nobody else is in, and new folders to that group. */
function isOpen({ mode, gid }: Stats, owner: Owner): boolean {
  const isOwnGroup = gid === owner.gid && owner.gid === owner.uid;
  return (mode & forAll) !== 0 || ((mode & forGroup) !== 0 && !isOwnGroup);
}
