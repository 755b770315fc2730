/**
 * Gives a file that a node has under a temporary name its own name, by the panel's file API (PROTOCOL 2.17).
 *
 * The queue says `placing` before, so a Perch that is killed in between goes on at its next start. A file that is to be
 * replaced goes a moment before the new one gets its name: no panel does both in one request.
 */
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { toProblem } from '../../bridge/errors.js';
import type { FilesPanel } from '../files/files-panel.js';
import { partName } from './attempt.js';
import type { QueueEvent, UploadRecord } from './transfer-queue.js';
import { notRenamed, partlyThere, serverNameTaken } from './upload-failures.js';

/** Permissions for a temporary name. */
const hidingPermissions = ['file.update', 'file.delete'];

/** Throws `PerchError` if the panel has not listed the server. */
export type UploadPanelOf = (serverId: string) => Pick<FilesPanel, 'demand' | 'list' | 'rename' | 'remove'>;

export class UploadNaming {
  constructor(
    private readonly panelOf: UploadPanelOf,
    private readonly saved: (event: QueueEvent) => Promise<void>,
  ) {}

  /** Whether the file gets a temporary name at first; else the node writes it under its own name. */
  mayHide({ source }: UploadRecord): boolean {
    try {
      for (const permission of hidingPermissions) this.panelOf(source.serverId).demand(permission);
      return true;
    } catch {
      return false;
    }
  }

  /** Rejects with `TransferBroke` if the name is taken and nobody agreed to replace that file. */
  async demandFree(one: UploadRecord): Promise<void> {
    const { name } = placeOf(one);
    mayReplace(
      one,
      (await this.#entries(one)).find((entry) => entry.name === name),
    );
  }

  /** Rejects with `TransferBroke` or `PerchError`. */
  async finish(one: UploadRecord): Promise<void> {
    const { id, size, source } = one;
    const panel = this.panelOf(source.serverId);
    const { folder, name, part } = placeOf(one);
    const entries = await this.#entries(one);
    const hidden = entries.find((entry) => entry.name === part);
    const there = entries.find((entry) => entry.name === name);
    if (hidden === undefined) {
      const isNamed = there?.kind === 'file' && there.bytes === size;
      return this.saved({ kind: isNamed ? 'placed' : 'lost', id });
    }
    if (hidden.bytes !== size) {
      await panel.remove(folder, [part]);
      throw partlyThere();
    }
    mayReplace(one, there);
    if (there !== undefined) await panel.remove(folder, [name]);
    await panel.rename([{ from: joined(folder, part), to: source.path }]);
    // A panel also says yes to renaming nothing (PROTOCOL 2.17.5).
    if (!(await this.#entries(one)).some((entry) => entry.name === name && entry.bytes === size)) {
      throw notRenamed();
    }
    await this.saved({ kind: 'placed', id });
  }

  /** Removes the temporary name. False = later, because the panel does not answer. Never rejects. */
  async removePart(one: UploadRecord): Promise<boolean> {
    const { folder, part } = placeOf(one);
    try {
      const isThere = (await this.#entries(one)).some((entry) => entry.name === part);
      if (isThere) await this.panelOf(one.source.serverId).remove(folder, [part]);
      return true;
    } catch (error) {
      const { code } = toProblem(error);
      return code === 'not-found' || code === 'forbidden';
    }
  }

  #entries({ source }: UploadRecord): Promise<readonly ServerFile[]> {
    return listedOrNone(this.panelOf(source.serverId), folderOf(source.path));
  }
}

/** What a folder holds; nothing if the folder is missing, which a panel does not tell apart from other refusals. */
export async function listedOrNone(
  panel: Pick<FilesPanel, 'list'>,
  folder: string,
): Promise<readonly ServerFile[]> {
  try {
    return await panel.list(folder);
  } catch (error) {
    if (folder === '/' || toProblem(error).code !== 'conflict') throw error;
    const around = await listedOrNone(panel, folderOf(folder));
    if (around.some(({ name, kind }) => name === lastPart(folder) && kind === 'folder')) throw error;
    return [];
  }
}

function placeOf(one: UploadRecord): { folder: string; name: string; part: string } {
  const { path } = one.source;
  return { folder: folderOf(path), name: lastPart(path), part: partName(one) };
}

function mayReplace({ ifTaken }: UploadRecord, there: ServerFile | undefined): void {
  if (there === undefined || (ifTaken === 'replace' && there.kind !== 'folder')) return;
  throw serverNameTaken();
}
