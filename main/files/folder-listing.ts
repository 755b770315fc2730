import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { joined, lastPart, nameFault } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { TakenFile } from '../../bridge/schema/taken-file.js';
import { sentence } from '../../messages/messages.js';
import type { FilesPanel } from './files-panel.js';

/** Longest quoted name, in characters. */
const longestShown = 100;

/**
 * Content of a folder right before a change. Panels answer most changes of a missing file with success, and replace
 * files without a question (PROTOCOL 2.17.5, 2.17.9).
 */
export class FolderListing {
  readonly #files: ReadonlyMap<string, ServerFile>;

  private constructor(
    readonly folder: string,
    files: readonly ServerFile[],
  ) {
    this.#files = new Map(files.map((file) => [file.name, file]));
  }

  /** Rejects with `PerchError`. */
  static async at(panel: FilesPanel, folder: string): Promise<FolderListing> {
    return new FolderListing(folder, await panel.list(folder));
  }

  get names(): string[] {
    return [...this.#files.keys()];
  }

  find(name: string): ServerFile | null {
    return this.#files.get(name) ?? null;
  }

  /** The file of this name. Throws `not-found`. */
  demand(name: string): ServerFile {
    const file = this.find(name);
    if (file !== null) return file;
    throw goneFile(name);
  }

  /** The file that `mine` would replace under this name; null if the name is free. */
  taken(name: string, mine: ServerFile | null): TakenFile | null {
    const there = this.find(name);
    if (there === null) return null;
    return {
      path: joined(this.folder, name),
      there: factsOf(there),
      mine: mine === null ? null : factsOf(mine),
    };
  }
}

export function goneFile(name: string): PerchError {
  return new PerchError(newProblem('not-found', sentence('files.gone', { name: fileInWords(name) })));
}

function factsOf({ kind, bytes, modifiedAt }: ServerFile): TakenFile['there'] {
  return { kind, bytes, modifiedAt };
}

/** Throws `conflict` if files would be replaced and nobody agreed, or if one of both files is a folder. */
export function demandFree(taken: readonly TakenFile[], isAgreed: boolean): void {
  const folder = taken.find(({ there, mine }) => there.kind === 'folder' || mine?.kind === 'folder');
  if (folder !== undefined) throw folderTaken(lastPart(folder.path));
  const [first] = taken;
  if (first === undefined || isAgreed) return;
  const name = fileInWords(lastPart(first.path));
  const problem = newProblem('conflict', sentence('files.taken', { count: taken.length, name }));
  throw new PerchError({ ...problem, taken });
}

export function folderTaken(name: string): PerchError {
  return new PerchError(newProblem('conflict', sentence('files.folder-taken', { name: fileInWords(name) })));
}

/** Throws `invalid` for a name that a panel cannot act on. */
export function demandName(name: string): void {
  const fault = nameFault(name);
  if (fault === null) return;
  const message = sentence(`files.name-${fault}`);
  throw new PerchError({
    ...newProblem('invalid', message, sentence('files.name-next')),
    fields: { name: message },
  });
}

/** A name as one line, for a sentence. */
export function fileInWords(name: string): string {
  return oneLine(name, longestShown);
}

/**
 * Outcome of a change without an answer. Resolves with the result if the folder shows that it was carried out;
 * otherwise rejects with the change's own error, as for every other error.
 */
export async function recovered<T>(
  error: unknown,
  { panel, folder, find }: { panel: FilesPanel; folder: string; find: (now: FolderListing) => T | null },
): Promise<T> {
  if (toProblem(error).maybeDone !== true) throw error;
  const now = await FolderListing.at(panel, folder).catch(() => null);
  const found = now === null ? null : find(now);
  if (found === null) throw error;
  return found;
}
