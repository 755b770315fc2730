import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { folderOf, isPath, joined, lastPart } from '../../bridge/files/file-paths.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import type { FilesPanel, Renaming } from './files-panel.js';
import { FolderListing, demandFree, demandName, fileInWords, goneFile } from './folder-listing.js';

export interface WantedMoves {
  readonly folder: string;
  /** `from` = a name in the folder, `to` = a path. */
  readonly moves: readonly Renaming[];
  /** True if a person agreed to replace files of these names. */
  readonly replace?: boolean | undefined;
}

/**
 * Renames and moves files. A file that is replaced is set aside under another name, moved back if the change fails, and
 * deleted once the folder shows the new one, so a failure in between loses neither file (FILES "Changes").
 */
export async function moveFiles(
  panel: FilesPanel,
  { folder, moves, replace = false }: WantedMoves,
  newId: () => string,
): Promise<void> {
  const wanted = renamings(folder, moves);
  const listings = await listingsOf(panel, [folder, ...wanted.map(({ to }) => folderOf(to))]);
  const taken = wanted.flatMap(({ from, to }) => {
    const file = listings.get(folder)?.demand(lastPart(from)) ?? null;
    return listings.get(folderOf(to))?.taken(lastPart(to), file) ?? [];
  });
  demandFree(taken, replace);
  if (taken.length > 0) panel.demand('file.delete');
  const id = newId();
  const aside = taken.map(({ path }, at) => ({
    from: path,
    to: joined(folderOf(path), `.perch-${id}-${at + 1}`),
  }));
  await setAside(panel, aside);
  try {
    if (wanted.length > 0) await panel.rename(wanted);
  } catch (error) {
    if (!(await areMoved(panel, wanted, error))) {
      await putBack(panel, aside);
      throw error;
    }
  }
  const missing = await notReplaced(panel, aside);
  await putBack(panel, missing);
  const unneeded = aside.filter((one) => !missing.includes(one)).map(({ to }) => to);
  for (const [of, names] of byFolder(unneeded)) await panel.remove(of, names);
  const gone = wanted.find(({ to }) => missing.some(({ from }) => from === to));
  if (gone !== undefined) throw goneFile(lastPart(gone.from));
}

/**
 * The files that were set aside without another one in their place. A panel also says yes to renaming a file that has
 * gone meanwhile (PROTOCOL 2.17.5).
 */
async function notReplaced(panel: FilesPanel, aside: readonly Renaming[]): Promise<readonly Renaming[]> {
  const listings = await listingsOf(
    panel,
    aside.map(({ from }) => folderOf(from)),
  );
  return aside.filter(({ from }) => listings.get(folderOf(from))?.find(lastPart(from)) === null);
}

/** Checked paths of the moves, without moves onto themselves. Throws `invalid`. */
function renamings(folder: string, moves: readonly Renaming[]): Renaming[] {
  const wanted = moves
    .map(({ from, to }) => {
      demandName(from);
      if (!isPath(to)) demandName(lastPart(to));
      return { from: joined(folder, from), to };
    })
    .filter(({ from, to }) => from !== to);
  const sources = new Set(wanted.map(({ from }) => from));
  const targets = new Set<string>();
  for (const { from, to } of wanted) {
    if (!isPath(to) || to === '/') refuse(sentence('files.name-slash'), sentence('files.name-next'));
    if (to.startsWith(`${from}/`)) refuse(sentence('files.into-itself'), sentence('files.into-itself-next'));
    // A node renames all files of a request at the same time, so no file takes the place of another one.
    if (targets.has(to) || sources.has(to)) {
      refuse(sentence('files.twice', { name: fileInWords(lastPart(to)) }), sentence('files.twice-next'));
    }
    targets.add(to);
  }
  return wanted;
}

function refuse(message: Sentence, next: Sentence): never {
  throw new PerchError({ ...newProblem('invalid', message, next), fields: { name: message } });
}

async function listingsOf(
  panel: FilesPanel,
  folders: readonly string[],
): Promise<Map<string, FolderListing>> {
  const listings = new Map<string, FolderListing>();
  for (const folder of new Set(folders)) listings.set(folder, await FolderListing.at(panel, folder));
  return listings;
}

/** Renames the files that are replaced. If that fails, even for some of them only, all of them get their names back. */
async function setAside(panel: FilesPanel, aside: readonly Renaming[]): Promise<void> {
  if (aside.length === 0) return;
  try {
    await panel.rename(aside);
  } catch (error) {
    const moved = await movedOf(panel, aside);
    const isMaybeDone = toProblem(error).maybeDone === true;
    if (isMaybeDone && moved?.length === aside.length) return;
    await putBack(panel, moved ?? (isMaybeDone ? aside : []));
    throw error;
  }
}

/** Whether a change without an answer was carried out. */
async function areMoved(panel: FilesPanel, wanted: readonly Renaming[], error: unknown): Promise<boolean> {
  if (toProblem(error).maybeDone !== true) return false;
  return (await movedOf(panel, wanted))?.length === wanted.length;
}

/** The renamings that the folders show as carried out; null = the folders were not read. */
async function movedOf(panel: FilesPanel, wanted: readonly Renaming[]): Promise<readonly Renaming[] | null> {
  const paths = wanted.flatMap(({ from, to }) => [from, to]);
  const listings = await listingsOf(panel, paths.map(folderOf)).catch(() => null);
  if (listings === null) return null;
  const isThere = (path: string): boolean =>
    (listings.get(folderOf(path))?.find(lastPart(path)) ?? null) !== null;
  return wanted.filter(({ from, to }) => isThere(to) && !isThere(from));
}

/** Gives files that were set aside their names back. Throws `conflict` that says where they are if that fails. */
async function putBack(panel: FilesPanel, aside: readonly Renaming[]): Promise<void> {
  if (aside.length === 0) return;
  await panel.rename(aside.map(({ from, to }) => ({ from: to, to: from }))).catch((cause: unknown) => {
    const inWords = (paths: string[]): string => paths.map((path) => fileInWords(lastPart(path))).join(', ');
    const message = sentence('files.set-aside', {
      count: aside.length,
      name: inWords(aside.map(({ from }) => from)),
      aside: inWords(aside.map(({ to }) => to)),
    });
    throw new PerchError(newProblem('conflict', message), { cause });
  });
}

function byFolder(paths: readonly string[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const path of paths) names.set(folderOf(path), [...(names.get(folderOf(path)) ?? []), lastPart(path)]);
  return names;
}
