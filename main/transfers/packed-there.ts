/** Parts of an upload of many files on the server: archives of this and earlier attempts, and the files themselves. */
import { newProblem } from '../../bridge/errors.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import { sentence } from '../../messages/messages.js';
import { pathThere, type PackedFile } from './packed-files.js';
import { filesThere, type FilesThereDeps } from './files-there.js';
import { broke } from './transfer-failures.js';
import type { PackedRecord } from './transfer-kinds.js';
import type { TransferPanel } from './transfer-panel.js';
import { listedOrNone } from './upload-naming.js';

/** Beginning of the names of all archives of an upload. */
export function archivesPrefix({ id }: Pick<PackedRecord, 'id'>): string {
  return `.perch-${id}-`;
}

/** Bytes of the file of this name; null = missing. */
export function bytesOf(entries: readonly ServerFile[], name: string): number | null {
  return entries.find((entry) => entry.name === name && entry.kind === 'file')?.bytes ?? null;
}

export interface PackedThereDeps extends Pick<FilesThereDeps, 'clock'> {
  readonly panel: TransferPanel;
  readonly signal: AbortSignal;
  /** Rejects at an abort; the work behind it continues without harm. */
  readonly orAborted: <T>(work: Promise<T>) => Promise<T>;
}

export class PackedThere {
  constructor(
    private readonly deps: PackedThereDeps,
    private readonly one: PackedRecord,
  ) {}

  /** The entries of the folder that gets the files. */
  entries(): Promise<readonly ServerFile[]> {
    return this.deps.orAborted(listedOrNone(this.deps.panel, this.one.source.path));
  }

  /** Removes archives that lie in the folder, as listed, from earlier attempts. */
  async removeArchives(entries: readonly ServerFile[]): Promise<void> {
    const prefix = archivesPrefix(this.one);
    const names = entries.map(({ name }) => name).filter((name) => name.startsWith(prefix));
    if (names.length > 0) await this.deps.panel.remove(this.one.source.path, names);
  }

  /** Whether the server has no file under these names, apart from those that a person agreed to replace. */
  async isAgreed(files: readonly PackedFile[]): Promise<boolean> {
    const agreed = new Set(this.one.source.replaced);
    const there = await this.#there(files);
    return [...there].every(([path, { kind }]) => agreed.has(path) && kind !== 'folder');
  }

  /** Rejects if the server has new files under these names, because nothing is replaced without a question. */
  async demandAgreed(files: readonly PackedFile[]): Promise<void> {
    if (await this.isAgreed(files)) return;
    throw broke('person', newProblem('conflict', sentence('transfers.taken-meanwhile')));
  }

  /** Whether a node that gave no answer has unpacked all files: sizes and times then match those of the archive. */
  async hasAll(files: readonly PackedFile[]): Promise<boolean> {
    const { path } = this.one.source;
    const there = await this.#there(files);
    return files.every((file) => {
      const entry = there.get(pathThere(path, file));
      return entry?.bytes === file.bytes && inSeconds(entry.modifiedAt) === inSeconds(file.modifiedAt);
    });
  }

  #there(files: readonly PackedFile[]): ReturnType<typeof filesThere> {
    const { clock, panel, signal, orAborted } = this.deps;
    const { path: folder } = this.one.source;
    const paths = files.map((file) => pathThere(folder, file));
    return orAborted(filesThere(paths, { clock, panel, folder, signal }));
  }
}

/** Archives and panels have whole seconds. */
const inSeconds = (ms: number): number => Math.floor(ms / 1000);
