/** `perch VERB`: this process is a client of the running Perch, and starts no window. */
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { commandWords, type ThreadData } from '../cli/thread.js';
import { ownImage } from './base/app-image.js';

export interface Started {
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly execPath: string;
  readonly isPackaged: boolean;
  readonly appPath: string;
}

/** The words after the program's name, and the command that starts Perch. */
export interface StartedWords {
  readonly words: readonly string[] | null;
  readonly launch: ThreadData['launch'];
}

/** Splits the command line. `words` = null: start the application. A checkout has its own path among the words. */
export function startedWords({ argv, env, execPath, isPackaged, appPath }: Started): StartedWords {
  if (isPackaged) {
    const launch = { command: ownImage({ env, execPath }) ?? execPath, args: ['--hidden'] };
    return { words: commandWords(argv.slice(1)), launch };
  }
  const at = argv.findIndex((word, index) => index > 0 && resolve(word) === resolve(appPath));
  if (at === -1) return { words: null, launch: null };
  const launch = { command: execPath, args: [...argv.slice(1, at + 1), '--hidden'] };
  return { words: commandWords(argv.slice(at + 1)), launch };
}

/** Longest wait for the worker to load, in ms. A worker that fails to load would block this thread forever. */
const loadsWithinMs = 30_000;

/** Runs the command line in a worker, and returns the exit code. Blocks this thread until the worker ends. */
export function runCommandLine(out: string, data: Omit<ThreadData, 'ending'>): number {
  const ending = new Int32Array(new SharedArrayBuffer(8));
  new Worker(join(out, 'main', 'client.cjs'), { workerData: { ...data, ending } });
  if (Atomics.wait(ending, 0, 0, loadsWithinMs) === 'timed-out') return 1;
  Atomics.wait(ending, 0, 1);
  return ending[1] ?? 1;
}
