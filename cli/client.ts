/** Entry of the command line: a thread of Electron's main process, or a Node program in a checkout. */
import { writeSync } from 'node:fs';
import { isMainThread, workerData } from 'node:worker_threads';
import { learn, learnArea, speak } from '../messages/messages.js';
import { languageOfTerminal } from './language.js';
import { run } from './run.js';
import { systemTerminal } from './system-terminal.js';
import { PipeClosed } from './terminal.js';
import type { ThreadData } from './thread.js';

/** Phases that the main thread waits for. */
const phase = { loaded: 1, done: 2 };

function enter(ending: Int32Array, now: number): void {
  Atomics.store(ending, 0, now);
  Atomics.notify(ending, 0);
}

async function main({ ending, ...data }: ThreadData): Promise<void> {
  enter(ending, phase.loaded);
  const end = (code: number): void => {
    ending[1] = code;
    enter(ending, phase.done);
  };
  process.on('uncaughtException', (error) => {
    end(error instanceof PipeClosed ? 0 : told(error));
  });
  const language = languageOfTerminal(process.env);
  await Promise.all([learn(language), learnArea('command-line')]);
  speak(() => language);
  end(await run({ ...data, terminal: systemTerminal(process.env) }));
}

/** Writes to the file descriptor, because a thread's stream passes through the main thread, which is about to end. */
function told(error: Error): number {
  try {
    writeSync(2, `${String(error)}\n`);
  } catch {
    // Nobody reads the output.
  }
  return 1;
}

if (!isMainThread) void main(workerData as ThreadData);
