import { chmod, lstat, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { dirname, posix, relative } from 'node:path';
import type { Attributes, FileEntry } from 'ssh2';
import { areDenied } from '../files/denied.js';
import { pathBelow } from '../files/paths.js';
import { attributesOf, listedEntry } from './attributes.js';
import type { DiskRoom } from './disk-room.js';
import { OpenFile } from './open-file.js';
import { placeFor, statInside, unlinkedPlace } from './places.js';
import { sftpRefusals } from './refusals.js';

/** `OPEN` flags that make a file be written: write, append, create, empty. */
const writing = 2 | 4 | 8 | 16;

export interface SessionFilesDeps {
  folder: string;
  /** Whether the user now has this permission. */
  can: (permission: string) => boolean;
  isReadOnly: () => boolean;
  /** The egg's patterns; empty where the node does not heed them. */
  deniedFiles: () => readonly string[];
  /** Whether the removal of a missing file fails. */
  failsForMissingFiles: boolean;
  room: DiskRoom;
  /** Notes an action for the panel's activity. */
  did: (event: string, files: readonly (string | { from: string; to: string })[]) => void;
}

/** Operations of one session on a server's real folder, with Wings's checks in its order (PROTOCOL 2.19). */
export class SessionFiles {
  constructor(private readonly deps: SessionFilesDeps) {}

  async open(path: string, flags: number): Promise<OpenFile> {
    return (flags & writing) === 0 ? this.#openToRead(path) : this.#openToWrite(path);
  }

  async list(path: string): Promise<FileEntry[]> {
    this.#need('file.read');
    const { place, found } = await unlinkedPlace(this.deps.folder, path);
    if (!found.isDirectory()) throw sftpRefusals.failed();
    const names = (await readdir(place)).toSorted();
    const entries = await Promise.all(
      names.map(async (name) => {
        const own = await lstat(posix.join(place, name)).catch(() => null);
        return own === null ? [] : [listedEntry(name, own)];
      }),
    );
    return entries.flat();
  }

  async stat(path: string): Promise<Attributes> {
    this.#need('file.read');
    return attributesOf(await statInside(this.deps.folder, path));
  }

  /** Sets the mode and nothing else: Wings drops times and sizes, and takes 0644 where no mode was sent. */
  async setAttributes(path: string, { mode }: Partial<Attributes>): Promise<void> {
    this.#mayChange(path);
    this.#need('file.update');
    const { place } = await unlinkedPlace(this.deps.folder, path);
    const bits = (mode ?? 0) & 0o777;
    const isFolder = ((mode ?? 0) & 0o170_000) === 0o040_000;
    await chmod(place, isFolder ? 0o755 : bits === 0 ? 0o644 : bits);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#mayChange(from);
    this.#need('file.update');
    const { folder, did } = this.deps;
    const [source, target] = [await placeFor(folder, from), await placeFor(folder, to)];
    if (source === target) return;
    await lstat(source);
    if (pathBelow(from) === '/' || (await exists(target))) throw sftpRefusals.failed();
    await mkdir(dirname(target), { recursive: true });
    await rename(source, target);
    did('sftp.rename', [{ from: pathBelow(from), to: pathBelow(to) }]);
  }

  /** Removes a file, or a folder with all in it. */
  async remove(path: string): Promise<void> {
    this.#mayChange(path);
    this.#need('file.delete');
    const { folder, failsForMissingFiles, room, did } = this.deps;
    if (pathBelow(path) === '/') throw sftpRefusals.failed();
    const place = await placeFor(folder, path);
    await rm(place, { recursive: true, force: !failsForMissingFiles });
    room.shrunk();
    did('sftp.delete', [pathBelow(path)]);
  }

  /** Makes a folder and its parents; an existing folder stays unchanged. */
  async makeFolder(path: string): Promise<void> {
    this.#mayChange(path);
    this.#need('file.create');
    await mkdir(await placeFor(this.deps.folder, path), { recursive: true });
    this.deps.did('sftp.create-directory', [pathBelow(path)]);
  }

  /** Makes a link to a file or folder of the server. */
  async link(target: string, path: string): Promise<void> {
    this.#mayChange(path);
    this.#need('file.create');
    const { folder } = this.deps;
    const [aim, place] = [await placeFor(folder, target), await placeFor(folder, path)];
    await symlink(relative(dirname(place), aim), place);
  }

  async #openToRead(path: string): Promise<OpenFile> {
    this.#need('file.read-content');
    this.#refuseDenied(path);
    const { place, found } = await unlinkedPlace(this.deps.folder, path);
    if (!found.isFile()) throw sftpRefusals.failed();
    return OpenFile.forReading(path, place);
  }

  async #openToWrite(path: string): Promise<OpenFile> {
    this.#mayChange();
    const { folder, room, did } = this.deps;
    await room.open();
    this.#refuseDenied(path);
    const place = await placeFor(folder, path);
    const found = await lstat(place).catch(() => null);
    this.#need(found === null ? 'file.create' : 'file.update');
    if (found !== null && !found.isFile()) throw sftpRefusals.failed();
    await mkdir(dirname(place), { recursive: true });
    const file = await OpenFile.forWriting(path, place);
    room.grow(-(found?.size ?? 0));
    did(found === null ? 'sftp.create' : 'sftp.write', [pathBelow(path)]);
    return file;
  }

  #need(permission: string): void {
    if (!this.deps.can(permission)) throw sftpRefusals.forbidden();
  }

  #mayChange(path?: string): void {
    if (this.deps.isReadOnly()) throw sftpRefusals.unsupported();
    if (path !== undefined) this.#refuseDenied(path);
  }

  #refuseDenied(path: string): void {
    if (areDenied(this.deps.deniedFiles(), [path])) throw sftpRefusals.denied(pathBelow(path));
  }
}

async function exists(place: string): Promise<boolean> {
  return (await lstat(place).catch(() => null)) !== null;
}
