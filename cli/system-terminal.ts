import { readSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { PipeClosed, type Terminal } from './terminal.js';

/**
 * Terminal or pipes of this process. Uses file descriptors, because in a thread Node passes stream output through the
 * main thread.
 */
export function systemTerminal(env: NodeJS.ProcessEnv): Terminal {
  const isShown = isatty(1);
  return {
    out: (text) => write(1, text),
    err: (text) => write(2, text),
    readLine: () => read('\n'),
    readAll: () => read(null),
    isShown,
    canAsk: isatty(0) && isatty(2),
    hasColours: isShown && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb',
  };
}

function write(fd: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (isCode(error, 'EPIPE')) throw new PipeClosed();
      if (!isCode(error, 'EAGAIN')) throw error;
      pause();
    }
  }
}

function read(until: string | null): string {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(until === null ? 65_536 : 1);
  for (;;) {
    try {
      const count = readSync(0, piece);
      if (count === 0) break;
      pieces.push(Buffer.from(piece.subarray(0, count)));
      if (until !== null && piece.toString('latin1', 0, 1) === until) break;
    } catch (error) {
      if (isCode(error, 'EOF')) break;
      if (!isCode(error, 'EAGAIN')) throw error;
      pause();
    }
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Waits for the other side of a non-blocking pipe. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
