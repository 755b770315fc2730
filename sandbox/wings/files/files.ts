import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { NodeRefusal, type WingsDialect } from '../api.js';
import { begin } from '../backups/archive.js';
import type { ArchiveWish, FileCalls, FileEntry, PullWish } from './api.js';
import { archivedPaths, archiveName, filesBelow, packAs, unpackOver } from './archives.js';
import { chmodOne, copyOne, makeFolder, removeOne, renameOne, writeWhole } from './changes.js';
import { areDenied } from './denied.js';
import { askedFormat } from './formats.js';
import { fileEntry, listFolder } from './listing.js';
import { leadsOut, pathBelow, placeOf } from './paths.js';
import { pull, pulledPath } from './pull.js';
import { fileRefusals } from './refusals.js';

/** A server, as far as its files are concerned. */
interface FileOwner {
  usage(): { disk_bytes: number };
  measureDisk(): Promise<unknown>;
}

export interface FilesDeps {
  /** Throws `NodeRefusal` for a server that the node does not have. */
  server: (uuid: string) => FileOwner;
  folderOf: (serverUuid: string) => string;
  spec: (serverUuid: string) => { deniedFiles: readonly string[]; diskMb: number } | null;
  dialect: Pick<WingsDialect, 'failsForMissingFiles' | 'tellsFailedReads' | 'archiveType' | 'namesArchives'>;
  /** Waits as long as so many bytes of a server's archive take. */
  take: (serverUuid: string, bytes: number) => Promise<void>;
  /** Whether archives of a server are ordered to fail. */
  isFailing: (serverUuid: string) => boolean;
  now: () => number;
}

/** Pulls of a server at once. */
const mostPulls = 3;

/** Files of a node's servers, in their real folders (PROTOCOL 2.15, 2.17). */
export class Files implements FileCalls {
  /** Running pulls by server. */
  readonly #pulls = new Map<string, number>();
  #fromLoopback = false;

  constructor(private readonly deps: FilesDeps) {}

  list(serverUuid: string, directory: string): Promise<FileEntry[]> {
    return this.#work(serverUuid, async (folder) => {
      if (leadsOut(directory)) throw fileRefusals.unexpected();
      const path = pathBelow(directory);
      if (path === '/') await mkdir(folder, { recursive: true });
      return listFolder(await this.#unlinked(folder, path));
    });
  }

  contents(serverUuid: string, file: string): Promise<Buffer> {
    return this.#work(serverUuid, async (folder) => {
      const { tellsFailedReads: isTold } = this.deps.dialect;
      const isOutside = leadsOut(file);
      if (isOutside && !isTold) throw fileRefusals.unexpected();
      const wanted = join(folder, pathBelow(file));
      if (isTold && (isOutside || !existsSync(wanted))) throw fileRefusals.missing();
      const place = await this.#unlinked(folder, pathBelow(file));
      const found = await lstat(place);
      if (found.isDirectory()) throw isTold ? fileRefusals.notReadable() : fileRefusals.isFolder();
      if (!found.isFile()) throw fileRefusals.notOpened();
      return readFile(place);
    });
  }

  write(serverUuid: string, file: string, content: Buffer): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      this.#refuseDenied(serverUuid, file);
      this.#refuseFull(serverUuid, content.length);
      await writeWhole(folder, file, content);
    });
  }

  rename(serverUuid: string, root: string, files: readonly { from: string; to: string }[]): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      for (const { from, to } of files) {
        this.#refuseDenied(serverUuid, pathBelow(root, from), pathBelow(root, to));
        await renameOne(folder, pathBelow(root, from), pathBelow(root, to));
      }
    });
  }

  copy(serverUuid: string, location: string): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      this.#refuseDenied(serverUuid, location);
      this.#refuseFull(serverUuid, 0);
      await copyOne(folder, pathBelow(location));
    });
  }

  remove(serverUuid: string, root: string, files: readonly string[]): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      for (const file of files) {
        const wasThere = await removeOne(folder, pathBelow(root, file));
        if (!wasThere && this.deps.dialect.failsForMissingFiles) throw fileRefusals.unexpected();
      }
      await this.deps.server(serverUuid).measureDisk();
    });
  }

  compress(
    serverUuid: string,
    root: string,
    files: readonly string[],
    wish: ArchiveWish,
  ): Promise<FileEntry> {
    const { dialect, now, take, server, isFailing } = this.deps;
    return this.#work(serverUuid, async (folder) => {
      if (this.#isFull(serverUuid, 0)) throw fileRefusals.noSpaceForArchive();
      const place = await placeOf(folder, pathBelow(root, '.'));
      const names = files.map((file) => pathBelow(file).slice(1));
      const all = await filesBelow(place, names);
      if (!all.isComplete && dialect.failsForMissingFiles) throw fileRefusals.unexpected();
      const taken = dialect.namesArchives ? wish : { name: null, extension: null };
      const format = askedFormat(taken.extension);
      const archive = join(place, archiveName(taken, now()));
      begin(archive);
      const packing = packAs(format, place, { files: all.files, archive });
      await Promise.all([packing, take(serverUuid, all.bytes)]);
      await server(serverUuid).measureDisk();
      const isFull = this.#isFull(serverUuid, 0);
      if (isFull || isFailing(serverUuid)) {
        await rm(archive, { force: true });
        throw isFull ? fileRefusals.diskFull() : fileRefusals.unexpected();
      }
      return { ...(await fileEntry(archive)), mimetype: format.type ?? dialect.archiveType };
    });
  }

  decompress(serverUuid: string, root: string, file: string): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      const archive = await this.#unlinked(folder, pathBelow(root, file));
      const paths = await archivedPaths(archive);
      this.#refuseDenied(serverUuid, ...paths.map((path) => pathBelow(root, path)));
      this.#refuseFull(serverUuid, 0);
      if (paths.length === 0) return;
      await unpackOver(archive, await placeOf(folder, pathBelow(root, '.')));
      await this.deps.server(serverUuid).measureDisk();
    });
  }

  chmod(serverUuid: string, root: string, files: readonly { file: string; mode: unknown }[]): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      for (const { file, mode } of files) {
        if (typeof mode !== 'string') throw fileRefusals.malformed();
        if (!/^[0-7]+$/.test(mode)) throw fileRefusals.mode();
        await chmodOne(folder, pathBelow(root, file), mode);
      }
    });
  }

  createFolder(serverUuid: string, root: string, name: string): Promise<void> {
    const { unexpected, overFile } = fileRefusals;
    const onFile = this.deps.dialect.tellsFailedReads ? overFile : unexpected;
    return this.#work(serverUuid, (folder) => makeFolder(folder, pathBelow(root, name), onFile));
  }

  pull(serverUuid: string, wish: PullWish): Promise<void> {
    return this.#work(serverUuid, async (folder) => {
      this.#refuseFull(serverUuid, 0);
      const running = this.#pulls.get(serverUuid) ?? 0;
      if (running >= mostPulls) throw fileRefusals.tooManyPulls();
      this.#refuseDenied(serverUuid, pulledPath(wish));
      this.#pulls.set(serverUuid, running + 1);
      const room = (bytes: number): void => this.#refuseFull(serverUuid, bytes);
      const fetching = pull(folder, wish, { isAllowed: this.#fromLoopback, room }).finally(() => {
        this.#pulls.set(serverUuid, (this.#pulls.get(serverUuid) ?? 1) - 1);
        void this.deps.server(serverUuid).measureDisk();
      });
      if (wish.isForeground) return fetching;
      void fetching.catch(() => undefined);
    });
  }

  allowLoopback(isAllowed: boolean): void {
    this.#fromLoopback = isAllowed;
  }

  /** Place of a file that a link of the node may send; null = a folder. Rejects for a missing file and a link. */
  async forDownload(serverUuid: string, file: string): Promise<string | null> {
    const place = await this.#unlinked(this.deps.folderOf(serverUuid), pathBelow(file));
    return (await lstat(place)).isDirectory() ? null : place;
  }

  /** Runs the work of a call in the server's folder. The answer to an unexpected failure has no reason. */
  async #work<T>(serverUuid: string, work: (folder: string) => Promise<T>): Promise<T> {
    this.deps.server(serverUuid);
    try {
      return await work(this.deps.folderOf(serverUuid));
    } catch (cause) {
      throw cause instanceof NodeRefusal ? cause : fileRefusals.unexpected();
    }
  }

  /** Rejects for a link. */
  async #unlinked(folder: string, path: string): Promise<string> {
    const place = await placeOf(folder, path);
    if (path !== '/' && (await lstat(place)).isSymbolicLink()) throw fileRefusals.unexpected();
    return place;
  }

  #refuseDenied(serverUuid: string, ...files: readonly string[]): void {
    if (areDenied(this.deps.spec(serverUuid)?.deniedFiles ?? [], files)) throw fileRefusals.denied();
  }

  #refuseFull(serverUuid: string, bytes: number): void {
    if (this.#isFull(serverUuid, bytes)) throw fileRefusals.diskFull();
  }

  /** Whether so many more bytes exceed the server's disk; a limit of 0 is none. */
  #isFull(serverUuid: string, bytes: number): boolean {
    const limit = (this.deps.spec(serverUuid)?.diskMb ?? 0) * 1024 * 1024;
    return limit > 0 && this.deps.server(serverUuid).usage().disk_bytes + bytes > limit;
  }
}
