import { PerchError, newProblem, toProblem, type Problem } from '../../bridge/errors.js';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { HandlerInput } from '../../bridge/schema/contract.js';
import { sentence } from '../../messages/messages.js';
import { copyFile, copyFiles } from './file-copies.js';
import { moveFiles } from './file-moves.js';
import type { FilesPanel, FilesPanelOf } from './files-panel.js';
import { FolderListing, demandFree, demandName, folderTaken, recovered } from './folder-listing.js';
import type { Folders } from './folders.js';

export interface FileChangesDeps {
  readonly panelOf: FilesPanelOf;
  readonly folders: Pick<Folders, 'changed'>;
  /** Unique part of the name of a file that is set aside. */
  readonly newId: () => string;
}

const empty = new Uint8Array();

/**
 * Changes of a server's files (FILES "Changes"). Each looks at its folder first, and the folder is read again for the
 * windows that show it.
 */
export class FileChanges {
  constructor(private readonly deps: FileChangesDeps) {}

  createFolder({ serverId, folder, name }: HandlerInput<'files.createFolder'>): Promise<void> {
    return this.#change({ serverId, folder, names: [name] }, async (panel, listing) => {
      // Panels count an existing folder as a success (PROTOCOL 2.17.5).
      if (listing.find(name) !== null) throw folderTaken(name);
      const isThere = (now: FolderListing): true | null => (now.find(name)?.kind === 'folder' ? true : null);
      await panel
        .createFolder(folder, name)
        .catch((error: unknown) => recovered(error, { panel, folder, find: isThere }));
    });
  }

  create({ serverId, folder, name, replace = false }: HandlerInput<'files.create'>): Promise<void> {
    return this.#change({ serverId, folder, names: [name] }, async (panel, listing) => {
      const taken = listing.taken(name, null);
      demandFree(taken === null ? [] : [taken], replace);
      const isThere = (now: FolderListing): true | null => (now.find(name)?.bytes === 0 ? true : null);
      await panel
        .write(joined(folder, name), empty)
        .catch((error: unknown) => recovered(error, { panel, folder, find: isThere }));
    });
  }

  move({ serverId, ...wanted }: HandlerInput<'files.move'>): Promise<void> {
    const folders = [wanted.folder, ...wanted.moves.map(({ to }) => folderOf(to))];
    return this.#then(serverId, folders, (panel) => moveFiles(panel, wanted, this.deps.newId));
  }

  copy({ serverId, path }: HandlerInput<'files.copy'>): Promise<void> {
    const folder = folderOf(path);
    const name = lastPart(path);
    return this.#change({ serverId, folder, names: [name] }, (panel, before) =>
      copyFile(panel, { before, name }),
    );
  }

  copyTo({ serverId, ...wanted }: HandlerInput<'files.copyTo'>): Promise<void> {
    return this.#then(serverId, [wanted.folder, wanted.to], (panel) =>
      copyFiles(panel, wanted, this.deps.newId),
    );
  }

  /** Missing files need no deletion, but at least one file has to exist. */
  delete({ serverId, folder, names }: HandlerInput<'files.delete'>): Promise<void> {
    return this.#change({ serverId, folder, names }, async (panel, listing) => {
      const there = names.filter((name) => listing.find(name) !== null);
      if (there.length === 0) listing.demand(names[0] ?? '');
      const areGone = (now: FolderListing): true | null =>
        there.every((name) => now.find(name) === null) || null;
      await panel
        .remove(folder, there)
        .catch((error: unknown) => recovered(error, { panel, folder, find: areGone }));
    });
  }

  chmod({ serverId, folder, names, mode }: HandlerInput<'files.chmod'>): Promise<void> {
    return this.#change({ serverId, folder, names }, async (panel, listing) => {
      for (const name of names) listing.demand(name);
      const digits = mode.replace(/^0+(?=.)/, '');
      const areSet = (now: FolderListing): true | null =>
        names.every((name) => now.find(name)?.mode === digits) || null;
      await panel
        .chmod(folder, names, mode)
        .catch((error: unknown) => recovered(error, { panel, folder, find: areSet }));
    });
  }

  pack({ serverId, folder, names }: HandlerInput<'files.pack'>): Promise<{ name: string }> {
    return this.#change({ serverId, folder, names }, async (panel, listing) => {
      for (const name of names) listing.demand(name);
      const isNew = (name: string): boolean => name.startsWith('archive-') && listing.find(name) === null;
      const find = (now: FolderListing) => now.names.filter(isNew).map((name) => ({ name }))[0] ?? null;
      return panel
        .pack(folder, names)
        .then(({ name }) => ({ name }))
        .catch((error: unknown) => recovered(error, { panel, folder, find }));
    });
  }

  unpack({ serverId, folder, name, replace = false }: HandlerInput<'files.unpack'>): Promise<void> {
    return this.#change({ serverId, folder, names: [name] }, async (panel, listing) => {
      listing.demand(name);
      if (!replace && listing.names.length > 1) throw new PerchError(unpacksOver);
      await panel.unpack(folder, name);
    });
  }

  async pull({ serverId, folder, url, name, replace = false }: HandlerInput<'files.pull'>): Promise<void> {
    const inAddress = nameInAddress(url);
    const becomes = name ?? inAddress;
    return this.#change({ serverId, folder, names: [becomes] }, async (panel, listing) => {
      const taken = listing.taken(becomes, null);
      demandFree(taken === null ? [] : [taken], replace);
      await panel.pull(folder, { url, name });
    });
  }

  /** Runs a change of files in one folder, with the folder's present content. */
  #change<T>(
    { serverId, folder, names }: { serverId: string; folder: string; names: readonly string[] },
    run: (panel: FilesPanel, listing: FolderListing) => Promise<T>,
  ): Promise<T> {
    return this.#then(serverId, [folder], async (panel) => {
      names.forEach(demandName);
      return run(panel, await FolderListing.at(panel, folder));
    });
  }

  /** Runs a change, and has its folders read again if they are or may be others than the windows show. */
  async #then<T>(
    serverId: string,
    folders: readonly string[],
    run: (panel: FilesPanel) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await run(this.deps.panelOf(serverId));
      this.deps.folders.changed(serverId, folders);
      return result;
    } catch (error) {
      if (isDoubtful(toProblem(error))) this.deps.folders.changed(serverId, folders);
      throw error;
    }
  }
}

/** Whether a refusal says that the folder differs from the shown folder. */
function isDoubtful({ code, maybeDone }: Problem): boolean {
  return code === 'not-found' || code === 'conflict' || maybeDone === true;
}

/** Name that a node gives to a file from this address: the last part of its path. Throws `invalid`. */
function nameInAddress(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (address === null || !/^https?:$/.test(address.protocol)) throw new PerchError(noAddress);
  const last = lastPart(address.pathname);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const unpacksOver = newProblem('conflict', sentence('files.unpack-over'));
const noAddress: Problem = {
  ...newProblem('invalid', sentence('files.address')),
  fields: { url: sentence('files.address') },
};
