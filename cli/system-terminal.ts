import { readSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { PipeClosed, type Terminal } from './terminal.js';

/** File descriptors, and whether a descriptor is a terminal. */
interface Descriptors {
  readonly input: number;
  readonly output: number;
  readonly errors: number;
  isTerminal(fd: number): boolean;
}

const standard: Descriptors = { input: 0, output: 1, errors: 2, isTerminal: isatty };

/**
 * Terminal or pipes of this process. Uses file descriptors, because in a thread Node passes stream output through the
 * main thread.
 */
export function systemTerminal(
  env: NodeJS.ProcessEnv,
  { input, output, errors, isTerminal } = standard,
): Terminal {
  const isShown = isTerminal(output);
  return {
    out: (text) => write(output, text),
    err: (text) => write(errors, text),
    readLine: () => read(input, '\n'),
    readAll: () => read(input, null),
    isShown,
    canAsk: isTerminal(input) && isTerminal(errors),
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

function read(fd: number, until: string | null): string {
  const pieces: Buffer[] = [];
  const piece = Buffer.alloc(until === null ? 65_536 : 1);
  for (;;) {
    try {
      const count = readSync(fd, piece);
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
