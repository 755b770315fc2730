import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { readParts, writeParts } from '../../main/sftp/file-parts.js';
import type { RemoteFacts, RemoteFiles } from '../../main/sftp/sftp-files.js';
import type { SftpDoor } from '../../main/transfers/sftp-upload.js';

/** SFTP onto a folder of this computer, with the ways of a node (PROTOCOL 2.19.7). */
export class FolderSftp implements SftpDoor {
  /** Requests until the connection is cut. */
  left = Infinity;
  /** Requests so far. */
  asked = 0;
  /** Files that are open now, and the most at a time. */
  openNow = 0;
  mostOpen = 0;
  readonly write = writeParts;
  readonly read = readParts;
  readonly #open = new Map<string, FileHandle>();
  #handles = 0;

  constructor(private readonly folder: string) {}

  isOn(): boolean {
    return true;
  }

  async use<T>(_serverId: string, run: (files: RemoteFiles) => Promise<T>): Promise<T> {
    try {
      return await run(this.#files());
    } finally {
      for (const handle of this.#open.values()) await handle.close();
      this.#open.clear();
      this.openNow = 0;
    }
  }

  #files(): RemoteFiles {
    const place = (path: string): string => join(this.folder, path);
    const ask = async <T>(run: () => T | Promise<T>): Promise<T> => {
      this.asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      if (this.left-- <= 0) throw problem('node-unreachable', 'sftp.cut');
      return run();
    };
    return {
      look: (path) => ask(() => (existsSync(place(path)) ? factsOf(place(path)) : null)),
      async *list(path) {
        for (const name of await ask(() => readdirSync(place(path)))) {
          yield { name, ...factsOf(join(place(path), name)) };
        }
      },
      open: (path) => ask(() => this.#opened(place(path), 'r')),
      create: (path) => ask(() => this.#opened(place(path), 'w')),
      read: (_path, file, into, at) =>
        ask(async () => (await this.#handle(file).read(into, 0, into.length, at)).bytesRead),
      write: (_path, file, part, at) =>
        ask(async () => void (await this.#handle(file).write(part, 0, part.length, at))),
      close: (_path, file) =>
        ask(async () => {
          this.openNow -= 1;
          await this.#handle(file).close();
          this.#open.delete(String(file));
        }),
      makeFolder: (path) => ask(() => void mkdirSync(place(path), { recursive: true })),
      rename: (from, to) =>
        ask(() => {
          if (existsSync(place(to)) || !existsSync(dirname(place(to)))) throw refused(to);
          renameSync(place(from), place(to));
        }),
      remove: (path) => ask(() => rmSync(place(path), { force: true })),
      removeFolder: (path) => ask(() => rmSync(place(path), { force: true, recursive: true })),
    };
  }

  async #opened(path: string, flags: 'r' | 'w'): Promise<Buffer> {
    const name = String(this.#handles++);
    this.#open.set(name, await open(path, flags));
    this.mostOpen = Math.max(this.mostOpen, ++this.openNow);
    return Buffer.from(name);
  }

  #handle(file: Buffer): FileHandle {
    const handle = this.#open.get(String(file));
    if (handle === undefined) throw new Error('the file is not open');
    return handle;
  }
}

function factsOf(path: string): RemoteFacts {
  const facts = lstatSync(path);
  const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other';
  return { kind, bytes: facts.size };
}

const problem = (code: 'node-unreachable', id: 'sftp.cut'): PerchError =>
  new PerchError(newProblem(code, sentence(id, { host: 'node.example.com:2022' })));
const refused = (file: string): PerchError =>
  new PerchError(newProblem('conflict', sentence('sftp.failed', { file })));
