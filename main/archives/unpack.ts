/**
 * Unpacks the archive of a folder (tar.gz) into a new folder on this computer.
 *
 * An archive is hostile. Nothing is written outside of the new folder, nothing in it is written twice, and links are
 * left out. Names that this computer does not take, or that clash on its disk, are replaced.
 */
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadEntry } from 'tar';
import { newProblem, PerchError } from '../../bridge/errors.js';
import { say, sentence } from '../../messages/messages.js';
import { freeBytes, wouldBeFull } from './free-bytes.js';
import { localName, partsOf } from './local-names.js';
import { kindOf, usualLimits, walk } from './walk.js';

/** Most files and folders of one archive. */
const mostEntries = 200_000;
/** Files that are written at a time. */
const mostOpen = 8;
/** Most files of one folder that would have the same name on this computer. */
const mostNumbers = 999;

export interface Unpacking {
  /** The folder for the files, which must not exist. */
  readonly into: string;
  /** The folder of the archive whose content is wanted: its name at the beginning of each path. */
  readonly folder: string;
  readonly isWindows: boolean;
  /** Ends the unpacking without a failure. Files that were written before stay. */
  readonly signal: AbortSignal;
  /** Bytes that the archive may unpack to; missing = the free space of the disk. */
  readonly mostBytes?: number;
}

export interface Unpacked {
  readonly files: number;
  readonly bytes: number;
  /** Number of links, devices and paths that lead elsewhere. */
  readonly leftOut: number;
}

/** Rejects with `PerchError` for a damaged archive, or as Node does for the disk. */
export async function unpack(archive: string, wanted: Unpacking): Promise<Unpacked> {
  await mkdir(wanted.into);
  const run = new Unpack(wanted, wanted.mostBytes ?? (await freeBytes(wanted.into)));
  await walk(archive, { limits: usualLimits, signal: wanted.signal, visit: (entry) => run.visit(entry) });
  if (run.isCut) throw tooMany();
  return run.result;
}

class Unpack {
  isCut = false;
  readonly result = { files: 0, bytes: 0, leftOut: 0 };
  #entries = 0;
  /** Paths on this computer by those in the archive. */
  readonly #folders = new Map<string, Promise<string>>();
  #open = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly wanted: Unpacking,
    private readonly mostBytes: number,
  ) {}

  visit(entry: ReadEntry): { readonly taken: Promise<void> } | 'over' | null {
    this.#entries += 1;
    if (this.#entries > mostEntries) {
      this.isCut = true;
      return 'over';
    }
    const kind = kindOf(entry);
    const parts = this.#below(entry.path);
    if (kind === 'link' || parts === null) {
      this.result.leftOut += 1;
      return null;
    }
    if (kind === 'folder') {
      entry.resume();
      return { taken: this.#folder(parts).then(() => undefined) };
    }
    const name = parts.at(-1);
    if (name === undefined) {
      this.result.leftOut += 1;
      return null;
    }
    this.result.bytes += entry.size;
    if (this.result.bytes > this.mostBytes) {
      entry.resume();
      return { taken: Promise.reject(wouldBeFull()) };
    }
    return { taken: this.#inTurn(() => this.#file(entry, parts.slice(0, -1), name)) };
  }

  /** Names below the wanted folder; null for a path that leads elsewhere. */
  #below(path: string): string[] | null {
    const [first, ...parts] = partsOf(path) ?? [];
    return first === this.wanted.folder ? parts : null;
  }

  async #file(entry: ReadEntry, above: readonly string[], name: string): Promise<void> {
    const folder = await this.#folder(above);
    const file = await this.#created(folder, name, (path) => open(path, 'wx'));
    try {
      for await (const part of entry) await file.writeFile(part);
      const { mtime } = entry;
      if (mtime !== undefined) await file.utimes(mtime, mtime).catch(() => undefined);
      this.result.files += 1;
    } finally {
      await file.close();
    }
  }

  /** The folder on this computer, which is made at its first use. */
  #folder(parts: readonly string[]): Promise<string> {
    const key = parts.join('/');
    const known = this.#folders.get(key);
    if (known !== undefined) return known;
    const made = this.#made(parts);
    this.#folders.set(key, made);
    return made;
  }

  async #made(parts: readonly string[]): Promise<string> {
    const name = parts.at(-1);
    if (name === undefined) return this.wanted.into;
    const above = await this.#folder(parts.slice(0, -1));
    return this.#created(above, name, async (path) => mkdir(path).then(() => path));
  }

  /** Creates a file or folder under its name, or with a number if the disk has that name already. */
  async #created<T>(folder: string, name: string, create: (path: string) => Promise<T>): Promise<T> {
    const { isWindows } = this.wanted;
    const other = say('transfers.other-file');
    for (let number = 1; number <= mostNumbers; number++) {
      try {
        return await create(join(folder, localName(name, { number, other, isWindows })));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
    }
    throw tooMany();
  }

  /** Few files at a time: an entry whose turn has not come is not read. */
  async #inTurn(run: () => Promise<void>): Promise<void> {
    if (this.#open >= mostOpen) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#open += 1;
    try {
      await run();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#open -= 1;
      else next();
    }
  }
}

function tooMany(): PerchError {
  return new PerchError(newProblem('protocol', sentence('transfers.too-many-inside', { most: mostEntries })));
}
