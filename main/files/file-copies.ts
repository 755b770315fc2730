import { PerchError, newProblem, toProblem, type Problem } from '../../bridge/errors.js';
import { hasUsableCopy, isCopyName } from '../../bridge/files/copy-names.js';
import { joined } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import { moveFiles } from './file-moves.js';
import type { FilesPanel } from './files-panel.js';
import { FolderListing, demandFree, demandName, fileInWords, recovered } from './folder-listing.js';

export interface WantedCopies {
  readonly folder: string;
  /** Files in the folder. */
  readonly names: readonly string[];
  /** The other folder, which gets the copies. */
  readonly to: string;
  /** True if a person agreed to replace files of these names. */
  readonly replace?: boolean | undefined;
}

/**
 * Copies files into another folder. Panels copy a file only beside itself, under a name that the node chooses, so each
 * copy is moved afterwards (FILES "Copies"). If that fails, the copies are deleted again.
 */
export async function copyFiles(panel: FilesPanel, wanted: WantedCopies, newId: () => string): Promise<void> {
  const { folder, to, replace = false } = wanted;
  const names = [...new Set(wanted.names)];
  names.forEach(demandName);
  if (folder === to) throw new PerchError(newProblem('invalid', sentence('files.there-already')));
  const before = await FolderListing.at(panel, folder);
  for (const name of names) demandCopyable(before, name);
  const target = await FolderListing.at(panel, to);
  demandFree(
    names.flatMap((name) => target.taken(name, before.find(name)) ?? []),
    replace,
  );
  panel.demand('file.update');
  /** Names of the files whose copies are made. */
  const made: string[] = [];
  try {
    for (const name of names) {
      await copyFile(panel, { before, name });
      made.push(name);
    }
    const now = await FolderListing.at(panel, folder);
    const moves = names.map((name) => ({ from: copyIn(now, { before, name }), to: joined(to, name) }));
    await moveFiles(panel, { folder, moves, replace }, newId);
  } catch (error) {
    await removeCopies(panel, { before, names: made }, error);
    throw error;
  }
}

interface Copied {
  /** The folder before the copies were made. */
  readonly before: FolderListing;
  readonly name: string;
}

/** Has a file copied beside itself. Somebody else may do that at the same time, so a lost answer needs a whole copy. */
export async function copyFile(panel: FilesPanel, { before, name }: Copied): Promise<void> {
  const { folder } = before;
  const { bytes } = demandCopyable(before, name);
  const isCopied = (now: FolderListing): true | null =>
    newCopies(now, { before, name }).some((copy) => (now.find(copy)?.bytes ?? -1) >= bytes) || null;
  await panel
    .copy(joined(folder, name))
    .catch((error: unknown) => recovered(error, { panel, folder, find: isCopied }));
}

/** The file to copy. Throws `not-found`, and `invalid` for what no panel copies. */
function demandCopyable(listing: FolderListing, name: string): { readonly bytes: number } {
  const file = listing.demand(name);
  if (file.kind !== 'file') throw new PerchError(filesOnly);
  if (hasUsableCopy(name)) return file;
  throw new PerchError(newProblem('invalid', sentence('files.copy-name', { name: fileInWords(name) })));
}

function newCopies(now: FolderListing, { before, name }: Copied): string[] {
  return now.names.filter((other) => before.find(other) === null && isCopyName(other, name));
}

/** Name of the new copy. Throws `conflict` if the copy is gone or somebody else made another. */
function copyIn(now: FolderListing, copied: Copied): string {
  const [copy, ...others] = newCopies(now, copied);
  if (copy !== undefined && others.length === 0) return copy;
  throw new PerchError(
    newProblem('conflict', sentence('files.copy-lost', { name: fileInWords(copied.name) })),
  );
}

/** Deletes the copies that were made and not moved. Throws `conflict` that names their files if that fails. */
async function removeCopies(
  panel: FilesPanel,
  { before, names }: { readonly before: FolderListing; readonly names: readonly string[] },
  cause: unknown,
): Promise<void> {
  if (names.length === 0) return;
  const { folder } = before;
  const now = await FolderListing.at(panel, folder).catch(() => null);
  const copies = names.map((name) => (now === null ? [] : newCopies(now, { before, name })));
  const own = copies.flatMap(([copy, ...others]) =>
    copy !== undefined && others.length === 0 ? [copy] : [],
  );
  const isUnsure = now === null || copies.some(({ length }) => length > 1);
  const areGone = own.length === 0 || (await panel.remove(folder, own).then(...whetherDone));
  if (areGone && !isUnsure) return;
  const message = sentence('files.copies-left', {
    count: names.length,
    name: names.map(fileInWords).join(', '),
  });
  throw new PerchError({ ...newProblem('conflict', message), ...doubt(cause) }, { cause });
}

const whetherDone = [() => true, () => false] as const;

/** Whether the change may have worked anyway. */
function doubt(cause: unknown): Pick<Problem, 'maybeDone'> {
  return toProblem(cause).maybeDone === true ? { maybeDone: true } : {};
}

const filesOnly = newProblem('invalid', sentence('files.copy-files-only'));
