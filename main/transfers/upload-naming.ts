/**
 * Gives a file that a node has under a temporary name its own name, by the panel's file API (PROTOCOL 2.17).
 *
 * The queue says `placing` before, so a Perch that is killed in between continues at its next start. No panel replaces
 * a file in one request. So the earlier file is set aside under another name, gets its name back if the new one can't
 * have it, and is deleted at the end: at every moment the server has one of both.
 */
import { oneLine } from '../../bridge/console/plain-line.js';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { toProblem } from '../../bridge/errors.js';
import type { FilesPanel } from '../files/files-panel.js';
import { partName } from './attempt.js';
import type { UploadRecord } from './transfer-kinds.js';
import type { TransferPanelOf } from './transfer-panel.js';
import type { QueueEvent } from './transfer-queue.js';
import {
  keptUnderOtherName,
  missingOnNode,
  notRenamed,
  partlyOnNode,
  refusedName,
  serverNameTaken,
} from './upload-failures.js';

/** Permissions for a temporary name. */
const hidingPermissions = ['file.update', 'file.delete'];

/** The files of an upload in the folder: the new file, the file with its name, and the earlier file. */
interface Found {
  readonly part: ServerFile | undefined;
  readonly there: ServerFile | undefined;
  readonly aside: ServerFile | undefined;
}

export class UploadNaming {
  constructor(
    private readonly panelOf: TransferPanelOf,
    private readonly saved: (event: QueueEvent) => Promise<void>,
  ) {}

  /** Whether the file gets a temporary name at first; else the node writes it under its own name. */
  mayHide({ source }: UploadRecord): boolean {
    try {
      return mayHide(this.panelOf(source.serverId));
    } catch {
      return false;
    }
  }

  /**
   * Whether the node has the file under its own name since an attempt whose end nobody heard: the name was free before that
   * attempt. Rejects with `TransferBroke` if the name is taken otherwise, and nobody agreed to replace that file.
   */
  async isThere(one: UploadRecord): Promise<boolean> {
    const { name } = placeOf(one);
    const there = (await this.#entries(one)).find((entry) => entry.name === name);
    if (one.isOwnName === true && one.ifTaken !== 'replace' && isSent(one, there)) return true;
    mayReplace(one, there);
    return false;
  }

  /** Rejects with `TransferBroke` or `PerchError`. */
  async finish(one: UploadRecord): Promise<void> {
    const { id, size, source } = one;
    const panel = this.panelOf(source.serverId);
    const { folder, part, aside } = placeOf(one);
    let found = await this.#look(one);
    if (found.part === undefined) {
      if (!isNamed(one, found)) {
        await this.#putBack(one, found);
        throw missingOnNode();
      }
    } else if (found.part.bytes === size) {
      found = await this.#name(one, found);
    } else {
      await this.#putBack(one, found);
      await panel.remove(folder, [part]);
      throw partlyOnNode();
    }
    if (found.aside !== undefined) await panel.remove(folder, [aside]);
    await this.saved({ kind: 'placed', id });
  }

  /** Removes the temporary name. False = later, because the panel does not answer. Never rejects. */
  async removePart(one: UploadRecord): Promise<boolean> {
    const { folder, part } = placeOf(one);
    try {
      const found = await this.#look(one);
      await this.#putBack(one, found);
      if (found.part !== undefined) await this.panelOf(one.source.serverId).remove(folder, [part]);
      return true;
    } catch (error) {
      const { code } = toProblem(error);
      return code === 'not-found' || code === 'forbidden';
    }
  }

  /** Gives the new file its name, or leaves both files as they were. */
  async #name(one: UploadRecord, found: Found): Promise<Found> {
    mayReplace(one, found.there);
    const naming = this.#swap(one, found);
    await naming.catch(() => undefined);
    // A panel also says yes to renaming nothing (PROTOCOL 2.17.5), and an answer may get lost.
    const after = await this.#look(one);
    if (after.part === undefined && after.there !== undefined) return after;
    await this.#putBack(one, after);
    await naming;
    throw notRenamed();
  }

  async #swap(one: UploadRecord, { there, aside }: Found): Promise<void> {
    const { path, serverId } = one.source;
    const { folder, ...names } = placeOf(one);
    if (there !== undefined) {
      // An earlier attempt set a file aside, and the server has written a later one.
      if (aside !== undefined) await this.panelOf(serverId).remove(folder, [names.aside]);
      await this.#rename(one, path, joined(folder, names.aside));
    }
    await this.#rename(one, joined(folder, names.part), path);
  }

  /** Gives a file that was set aside its name back, or deletes it if the server has written a later one. */
  async #putBack(one: UploadRecord, { there, aside }: Found): Promise<void> {
    if (aside === undefined || there?.kind === 'folder') return;
    const { folder, name, aside: now } = placeOf(one);
    if (there !== undefined) return this.panelOf(one.source.serverId).remove(folder, [now]);
    await this.#rename(one, joined(folder, now), one.source.path).catch((error: unknown) => {
      throw keptUnderOtherName({ name: oneLine(name, 80), aside: now }, error);
    });
  }

  #rename({ source }: UploadRecord, from: string, to: string): Promise<void> {
    return this.panelOf(source.serverId).rename([{ from, to }]).catch(refusedName);
  }

  async #look(one: UploadRecord): Promise<Found> {
    const entries = await this.#entries(one);
    const { part, name, aside } = placeOf(one);
    const find = (wanted: string): ServerFile | undefined => entries.find((entry) => entry.name === wanted);
    return { part: find(part), there: find(name), aside: find(aside) };
  }

  #entries({ source }: UploadRecord): Promise<readonly ServerFile[]> {
    return listedOrNone(this.panelOf(source.serverId), folderOf(source.path));
  }
}

/** Whether the account may give files temporary names at first, and remove these files. */
export function mayHide(panel: Pick<FilesPanel, 'demand'>): boolean {
  try {
    for (const permission of hidingPermissions) panel.demand(permission);
    return true;
  } catch {
    return false;
  }
}

/** Content of a folder; empty if the folder is missing, which a panel does not tell apart from other refusals. */
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

function isSent({ size }: UploadRecord, there: ServerFile | undefined): boolean {
  return there?.kind === 'file' && there.bytes === size;
}

interface Place {
  readonly folder: string;
  readonly name: string;
  readonly part: string;
  /** Name of the earlier file while it is replaced. */
  readonly aside: string;
}

function placeOf(one: UploadRecord): Place {
  const { path } = one.source;
  return { folder: folderOf(path), name: lastPart(path), part: partName(one), aside: `.perch-${one.id}-1` };
}

/**
 * Whether a file that has no temporary name has its own. A game may have written to the file once the earlier file was
 * renamed.
 */
function isNamed({ size }: UploadRecord, { there, aside }: Found): boolean {
  return there?.kind === 'file' && (aside !== undefined || there.bytes === size);
}

function mayReplace({ ifTaken }: UploadRecord, there: ServerFile | undefined): void {
  if (there === undefined || (ifTaken === 'replace' && there.kind !== 'folder')) return;
  throw serverNameTaken();
}
