/** The way on which files and folders go between this computer and a node. Pure. */
import type { Problem } from '../../bridge/errors.js';

/**
 * `each` = one upload for each file; `packed` = in archives, which the node unpacks. `sftp` = over SFTP, which has no limit
 * for the size of a file and needs no room for an archive.
 */
type FolderWay = 'each' | 'packed' | 'sftp';

/** Most files that go one by one. Each costs five requests to the panel, and panels allow 240 a minute. */
const mostEach = 50;

export interface FolderFacts {
  readonly files: number;
  /** Whether a file is above the limit of the node, as far as known. */
  readonly hasLarge: boolean;
  /** Whether Perch has an SFTP key there. */
  readonly hasSftp: boolean;
}

/**
 * The way for these files. Archives are quicker than SFTP, which asks the node several times for each file. A permission
 * that archives lack is lacking over SFTP as well (PROTOCOL 2.19.5).
 */
export function wayFor({ files, hasLarge, hasSftp }: FolderFacts): FolderWay {
  if (files <= mostEach) return 'each';
  return hasSftp && hasLarge ? 'sftp' : 'packed';
}

/** Refusals for a size or for room; Pelican does not pass on why its node refused. */
const refusals: ReadonlySet<string> = new Set([
  'transfers.too-large',
  'transfers.too-large-here',
  'panel.file-disk-full',
  'panel.node-refused-file',
]);

/** Whether SFTP may do what failed with archives: for a limit of size, a missing permission or a full server. */
export function needsSftp({ permission, message }: Problem): boolean {
  return permission !== undefined || refusals.has(message.id);
}
