import type { Attributes, FileEntry, SFTPWrapper } from 'ssh2';
import { pathBelow } from '../files/paths.js';
import { OpenFile } from './open-file.js';
import { refusalFor, sftpRefusals, sftpStatus } from './refusals.js';
import type { SessionFiles } from './session-files.js';

/** Entries of a folder in one answer. */
const entriesAtOnce = 100;

interface OpenFolder {
  path: string;
  left: FileEntry[];
}

export interface SftpSessionDeps {
  stream: SFTPWrapper;
  files: SessionFiles;
  /** Called for each request. True = the request gets no answer and has no effect. */
  swallows: () => boolean;
  /** Called with the bytes of files that are about to pass. */
  pass: (bytes: number) => Promise<void>;
  /** Throws if the server's disk has no room for so many more bytes. */
  grow: (bytes: number) => void;
}

/** Answers the requests of one SFTP session. */
export class SftpSession {
  readonly #handles = new Map<number, OpenFile | OpenFolder>();
  #last = 0;
  #isOver = false;

  constructor(private readonly deps: SftpSessionDeps) {
    this.#serveFiles();
    this.#serveNames();
    deps.stream.on('close', () => void this.#closeAll());
    // A client that has sent everything waits until the node closes the session as well.
    deps.stream.on('end', () => deps.stream.end());
  }

  #serveFiles(): void {
    const { stream, files, pass, grow } = this.deps;
    stream.on('OPEN', (id, path, flags) =>
      this.#answer(id, async () => {
        const file = await files.open(path, flags);
        // The client has gone, so nobody else would close the file.
        if (this.#isOver) return file.close();
        stream.handle(id, this.#keep(file));
      }),
    );
    stream.on('READ', (id, handle, offset, length) =>
      this.#answer(id, async () => {
        const bytes = await this.#file(handle).read(offset, length);
        await pass(bytes.length);
        stream.data(id, bytes);
      }),
    );
    stream.on('WRITE', (id, handle, offset, bytes) =>
      this.#done(id, async () => {
        const file = this.#file(handle);
        await pass(bytes.length);
        await file.write(offset, bytes, grow);
      }),
    );
    stream.on('CLOSE', (id, handle) => this.#done(id, () => this.#close(handle)));
    stream.on('FSTAT', (id, handle) =>
      this.#answer(id, async () => stream.attrs(id, await this.#file(handle).attributes())),
    );
    stream.on('FSETSTAT', (id, handle, attributes) =>
      this.#done(id, () => files.setAttributes(this.#file(handle).path, attributes)),
    );
  }

  #serveNames(): void {
    const { stream, files } = this.deps;
    const stat = (id: number, path: string): void =>
      this.#answer(id, async () => stream.attrs(id, await files.stat(path)));
    stream.on('STAT', stat);
    // Wings answers both alike.
    stream.on('LSTAT', stat);
    stream.on('SETSTAT', (id, path, attributes) =>
      this.#done(id, () => files.setAttributes(path, attributes)),
    );
    stream.on('OPENDIR', (id, path) =>
      this.#answer(id, async () => stream.handle(id, this.#keep({ path, left: await files.list(path) }))),
    );
    stream.on('READDIR', (id, handle) =>
      this.#answer(id, async () => {
        const { left } = this.#folder(handle);
        if (left.length === 0) throw sftpRefusals.endOfFile();
        stream.name(id, left.splice(0, entriesAtOnce));
      }),
    );
    stream.on('REMOVE', (id, path) => this.#done(id, () => files.remove(path)));
    stream.on('RMDIR', (id, path) => this.#done(id, () => files.remove(path)));
    stream.on('MKDIR', (id, path) => this.#done(id, () => files.makeFolder(path)));
    stream.on('RENAME', (id, from, to) => this.#done(id, () => files.rename(from, to)));
    // The library gives the link first and its target second, unlike its types.
    stream.on('SYMLINK', (id, path, target) => this.#done(id, () => files.link(target, path)));
    stream.on('REALPATH', (id, path) =>
      this.#answer(id, async () => {
        const attrs: Attributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
        const filename = pathBelow(path);
        stream.name(id, [{ filename, longname: filename, attrs }]);
      }),
    );
  }

  #done(id: number, work: () => Promise<void>): void {
    this.#answer(id, async () => {
      await work();
      this.deps.stream.status(id, sftpStatus.ok);
    });
  }

  #answer(id: number, work: () => Promise<void>): void {
    if (this.deps.swallows()) return;
    work().catch((cause: unknown) => {
      const { status, message } = refusalFor(cause);
      this.deps.stream.status(id, status, message);
    });
  }

  #keep(opened: OpenFile | OpenFolder): Buffer {
    this.#last += 1;
    this.#handles.set(this.#last, opened);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(this.#last);
    return handle;
  }

  #found(handle: Buffer): OpenFile | OpenFolder {
    const found = handle.length === 4 ? this.#handles.get(handle.readUInt32BE()) : undefined;
    if (found === undefined) throw sftpRefusals.failed();
    return found;
  }

  #file(handle: Buffer): OpenFile {
    const found = this.#found(handle);
    if (!(found instanceof OpenFile)) throw sftpRefusals.failed();
    return found;
  }

  #folder(handle: Buffer): OpenFolder {
    const found = this.#found(handle);
    if (found instanceof OpenFile) throw sftpRefusals.failed();
    return found;
  }

  async #close(handle: Buffer): Promise<void> {
    const found = this.#found(handle);
    this.#handles.delete(handle.readUInt32BE());
    if (found instanceof OpenFile) await found.close();
  }

  async #closeAll(): Promise<void> {
    this.#isOver = true;
    const files = [...this.#handles.values()].filter((each) => each instanceof OpenFile);
    this.#handles.clear();
    await Promise.allSettled(files.map((file) => file.close()));
  }
}
