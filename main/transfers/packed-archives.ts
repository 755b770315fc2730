/** Which files go into which archive of an upload. Pure. Loaded only for such an upload, because the form of tar is large. */
import { addedBytes, emptyBytes, storedArchive, storedBytes } from '../archives/stored-archive.js';
import { sha1, type PackedFile } from './packed-files.js';
import { usualLimit } from './upload-limits.js';

export interface PackedArchive {
  readonly files: readonly PackedFile[];
  /** Bytes of the archive, known before it is packed. */
  readonly length: number;
  /** SHA-1 of the paths, sizes and times of the files. */
  readonly digest: string;
  /** The archive. `content` = exactly the bytes of the file. */
  readonly packed: (content: (file: PackedFile) => AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>;
}

const megabyte = 1_048_576;
/** Bytes of the form around an archive, and a little more. */
const formBytes = 65_536;

/**
 * None is larger than the node takes, unless one file alone is. `limit` = largest upload in MB of 1024 KB; null = the node has
 * told none.
 */
export function archivesOf(files: readonly PackedFile[], limit: number | null): PackedArchive[] {
  const most = (limit ?? usualLimit) * megabyte - formBytes;
  const archives: PackedFile[][] = [];
  let bytes = Infinity;
  for (const file of files) {
    const added = addedBytes(file);
    if (bytes + added > most) {
      archives.push([]);
      bytes = emptyBytes;
    }
    archives.at(-1)?.push(file);
    bytes += added;
  }
  return archives.map((own) => ({
    files: own,
    length: storedBytes(own),
    digest: sha1(JSON.stringify(own.map(({ path, bytes, modifiedAt }) => [path, bytes, modifiedAt]))),
    packed: (content) => storedArchive(own, content),
  }));
}

/** Whether one file alone makes an archive that is too large for the node. `limit` as above. */
export function isAbove(files: readonly PackedFile[], limit: number): boolean {
  return files.some((file) => storedBytes([file]) > limit * megabyte);
}

/** SHA-1 of which files each archive has. Files that change after their archive is there are not sent again. */
export function archivesDigest(archives: readonly PackedArchive[]): string {
  return sha1(JSON.stringify(archives.map(({ files }) => files.map(({ path, bytes }) => [path, bytes]))));
}
