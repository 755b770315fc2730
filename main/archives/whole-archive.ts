import type { Clock } from '../base/ports.js';
import { ownArchive, possibleArchives, type ArchiveEntry, type MadeArchive } from './node-archives.js';

const lookEveryMs = 15_000;
/** Looks with the same size in a row after which an archive counts as whole. */
const sameLooks = 4;
/** Number of readings without an archive that prove its absence. */
const emptyLooks = 8;
/** About six hours. */
const mostLooks = 1440;

/**
 * Follows an archive whose call got no answer, by its size, until the archive stops growing. null = no archive fits, or
 * several do. Only the content proves that the archive is complete; every download of an archive checks that.
 */
export async function wholeArchive(
  clock: Pick<Clock, 'after'>,
  panel: { list(): Promise<readonly ArchiveEntry[]> },
  record: MadeArchive,
  isStopped: () => boolean,
): Promise<ArchiveEntry | null> {
  let last: ArchiveEntry | null = null;
  let same = 0;
  let empty = 0;
  for (let look = 0; look < mostLooks && !isStopped(); look++) {
    await new Promise<void>((resolve) => void clock.after(lookEveryMs, resolve));
    const entries = await panel.list().catch(() => null);
    if (entries === null) continue;
    const [only = null, ...others] = possibleArchives(entries, record);
    const found = ownArchive(entries, record) ?? (others.length === 0 ? only : null);
    empty = found === null ? empty + 1 : 0;
    if (empty === emptyLooks) return null;
    same = found !== null && found.bytes > 0 && found.bytes === last?.bytes ? same + 1 : 0;
    last = found;
    if (same === sameLooks) return found;
  }
  return null;
}
