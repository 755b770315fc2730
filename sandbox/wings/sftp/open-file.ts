import { open, type FileHandle } from 'node:fs/promises';
import type { Attributes } from 'ssh2';
import { attributesOf } from './attributes.js';
import { sftpRefusals } from './refusals.js';

/** Limit of bytes of one answer; Wings's library gives no more, however many the client requests (PROTOCOL 2.19.7). */
const mostRead = 32_768;

/** A file that a client has opened, to read or to write. */
export class OpenFile {
  readonly #writes = new Set<Promise<unknown>>();

  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
    private readonly canWrite: boolean,
    private size: number,
  ) {}

  static async forReading(path: string, place: string): Promise<OpenFile> {
    const file = await open(place, 'r');
    return new OpenFile(path, file, false, 0);
  }

  /** Empties the file, whatever the client asked for (PROTOCOL 2.19.7). */
  static async forWriting(path: string, place: string): Promise<OpenFile> {
    return new OpenFile(path, await open(place, 'w+', 0o644), true, 0);
  }

  /** Bytes from `offset` on. Rejects with the end of the file behind its last byte. */
  async read(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(Math.min(length, mostRead));
    const { bytesRead } = await this.file.read(bytes, 0, bytes.length, offset);
    if (bytesRead === 0) throw sftpRefusals.endOfFile();
    return bytes.subarray(0, bytesRead);
  }

  /** Writes bytes; `grow` throws if the server's disk has no room for so many more. */
  async write(offset: number, bytes: Buffer, grow: (more: number) => void): Promise<void> {
    if (!this.canWrite) throw sftpRefusals.forbidden();
    const end = offset + bytes.length;
    if (end > this.size) {
      grow(end - this.size);
      this.size = end;
    }
    const writing = this.file.write(bytes, 0, bytes.length, offset);
    this.#writes.add(writing);
    await writing.finally(() => this.#writes.delete(writing));
  }

  async attributes(): Promise<Attributes> {
    return attributesOf(await this.file.stat());
  }

  /** Closes the file after the writes in progress. */
  async close(): Promise<void> {
    await Promise.allSettled(this.#writes);
    await this.file.close();
  }
}
