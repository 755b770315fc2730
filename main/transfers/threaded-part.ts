import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import type { PartFile } from './disk-port.js';

/** Bytes that Node's thread pool writes. A file that is no larger is not worth a thread of its own. */
const poolBytes = 33_554_432;

export interface ThreadWrite {
  readonly fd: number;
  /** In shared memory, or else they are copied. */
  readonly bytes: Uint8Array;
  /** Place of the first byte in the file. */
  readonly position: number;
}

/** Why a write failed; null = it worked. */
export type WriteAnswer = { readonly message: string; readonly code: string | undefined } | null;

/** A file whose first bytes Node's thread pool writes, and all others a thread of its own. */
export class ThreadedPart implements PartFile {
  #written = 0;
  #thread: Worker | null = null;

  /** `script` = path of the built write-thread.ts; null = the thread pool writes everything. */
  constructor(
    private readonly handle: FileHandle,
    private script: string | null,
    private readonly threadAfter = poolBytes,
  ) {}

  async write(bytes: Uint8Array): Promise<void> {
    if (this.script === null || this.#written < this.threadAfter) await this.#writeByPool(bytes);
    else await this.#writeByThread(bytes, this.script);
    this.#written += bytes.length;
  }

  sync(): Promise<void> {
    return this.handle.sync();
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    await this.handle.close();
  }

  async #writeByPool(bytes: Uint8Array): Promise<void> {
    // A disk may take less than all of them at a time.
    for (let from = 0; from < bytes.length;) {
      const { bytesWritten } = await this.handle.write(bytes, from, null, this.#written + from);
      from += bytesWritten;
    }
  }

  /** A thread that does not start or ends too early leaves its write to the thread pool. */
  async #writeByThread(bytes: Uint8Array, script: string): Promise<void> {
    const thread = (this.#thread ??= startedThread(script));
    const write: ThreadWrite = { fd: this.handle.fd, bytes, position: this.#written };
    thread.postMessage(write);
    let answer: WriteAnswer;
    try {
      [answer] = (await once(thread, 'message')) as [WriteAnswer];
    } catch {
      this.script = null;
      return this.#writeByPool(bytes);
    }
    if (answer !== null) throw Object.assign(new Error(answer.message), { code: answer.code });
  }
}

function startedThread(script: string): Worker {
  const thread = new Worker(script);
  // An error also rejects the write that waits, and is thrown in main if nobody listens.
  thread.on('error', () => undefined);
  // A thread that ends without an error would leave its write waiting.
  thread.on('exit', () => thread.emit('error', new Error('the thread has ended')));
  return thread;
}
