/** Entry of the command line: a thread of Electron's main process, or a program of Node in a checkout. */
import { isMainThread, workerData } from 'node:worker_threads';
import { learn, speak } from '../words/words.js';
import { languageOfTerminal } from './language.js';
import { run } from './run.js';
import { systemTerminal } from './system-terminal.js';
import { PipeClosed } from './terminal.js';
import type { ThreadData } from './thread.js';

/** So far, as the main thread waits for it. */
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
    if (!(error instanceof PipeClosed)) process.stderr.write(`${String(error)}\n`);
    end(error instanceof PipeClosed ? 0 : 1);
  });
  const language = languageOfTerminal(process.env);
  await learn(language);
  speak(() => language);
  end(await run({ ...data, terminal: systemTerminal(process.env) }));
}

if (!isMainThread) void main(workerData as ThreadData);
