/**
 * Thread that writes a large file (see `threaded-part.ts`). Built as a script of its own, out/main/write-thread.cjs.
 *
 * It writes 32 KiB at a time. A kernel that is asked for more takes larger blocks of memory for the file, which a virtual
 * machine has to get from its host first: 2.0 s of processor time for 1 GB instead of 0.2. From the thread pool of Node
 * such small writes cost 1.6 s, nearly all of it for waking threads.
 */
import { writeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import type { ThreadWrite, WriteAnswer } from './threaded-part.js';

const writeBytes = 32_768;

parentPort?.on('message', (write: ThreadWrite) => parentPort?.postMessage(written(write)));

function written({ fd, bytes, position }: ThreadWrite): WriteAnswer {
  try {
    for (let from = 0; from < bytes.length;)
      from += writeSync(fd, bytes, from, Math.min(writeBytes, bytes.length - from), position + from);
    return null;
  } catch (error) {
    // A thread hands over no codes of errors.
    const { message, code } = error as NodeJS.ErrnoException;
    return { message, code };
  }
}
