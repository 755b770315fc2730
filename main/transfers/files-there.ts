/** Finds which of many paths exist on a server. */
import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { sentence } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';
import type { FilesPanel } from '../files/files-panel.js';
import { listedOrNone } from './upload-naming.js';

export interface FilesThereDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly panel: Pick<FilesPanel, 'list' | 'restUntil'>;
  /** The folder that has the paths. */
  readonly folder: string;
  readonly signal?: AbortSignal;
}

/** Part of the panel's calls that stays free for the user. */
const freePart = 1 / 4;
/** Most folders that are read. */
const mostFolders = 500;

/**
 * The files of these paths that the server has, by path. Reads only folders that the server has, within the panel's budget.
 * Rejects with `PerchError`, also if the server has a file where a folder is needed.
 */
export async function filesThere(
  paths: Iterable<string>,
  deps: FilesThereDeps,
): Promise<ReadonlyMap<string, ServerFile>> {
  const inFolder = byFolder(paths, deps.folder);
  const found = new Map<string, ServerFile>();
  const listed = reader(deps);
  const visit = async (folder: string): Promise<void> => {
    const names = inFolder.get(folder);
    if (names === undefined) return;
    const entries = new Map((await listed(folder)).map((entry) => [entry.name, entry]));
    for (const [path, isFolder] of names) {
      const entry = entries.get(lastPart(path));
      if (entry === undefined) continue;
      if (!isFolder) found.set(path, entry);
      else if (entry.kind === 'folder') await visit(path);
      else throw pathTaken(path);
    }
  };
  await visit(deps.folder);
  return found;
}

/** Reads folders one after the other, up to a limit. */
function reader({
  panel,
  clock,
  signal,
}: FilesThereDeps): (folder: string) => Promise<readonly ServerFile[]> {
  let reads = 0;
  const pauseUntil = (at: number): Promise<void> =>
    new Promise((resolve) => void clock.after(Math.max(0, at - clock.now()), resolve));
  return async (folder) => {
    reads += 1;
    if (reads > mostFolders) throw tooManyFolders();
    for (;;) {
      const until = panel.restUntil(freePart);
      if (until !== null) await pauseUntil(until);
      signal?.throwIfAborted();
      try {
        return await listedOrNone(panel, folder);
      } catch (error) {
        const { code, retryAt } = toProblem(error);
        if (code !== 'rate-limited' || retryAt === undefined) throw error;
        await pauseUntil(retryAt);
      }
    }
  };
}

/** Expected content of each folder: the paths in it, and whether each is a folder. */
function byFolder(paths: Iterable<string>, top: string): ReadonlyMap<string, ReadonlyMap<string, boolean>> {
  const folders = new Map<string, Map<string, boolean>>();
  const add = (path: string, isFolder: boolean): void => {
    const folder = folderOf(path);
    const known = folders.get(folder);
    if (known?.has(path) === true) return;
    if (known === undefined) folders.set(folder, new Map([[path, isFolder]]));
    else known.set(path, isFolder);
    if (folder !== top) add(folder, true);
  };
  for (const path of paths) add(path, false);
  return folders;
}

function pathTaken(path: string): PerchError {
  const name = oneLine(lastPart(path), 80);
  return new PerchError(newProblem('conflict', sentence('uploads.is-file', { name })));
}

function tooManyFolders(): PerchError {
  return new PerchError(newProblem('conflict', sentence('uploads.too-many-folders', { most: mostFolders })));
}
