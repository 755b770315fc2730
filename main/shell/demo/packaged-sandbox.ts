import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import type { SandboxRun } from './demo-sandbox.js';
import { GameProcesses, type GameProcessesDeps } from './game-processes.js';
import { sandboxArguments } from './sandbox-program.js';
import { Utility } from './utility.js';

export interface PackagedSandboxDeps extends Omit<GameProcessesDeps, 'gameFile' | 'tell'> {
  /** `out/sandbox`, inside the package's archive. */
  readonly folder: string;
}

/**
 * Starts the sandbox as a utility process, because a package has no Node to start it with (PLATFORM, "Security").
 *
 * Main starts its game servers as utility processes too, because a utility process cannot start others.
 */
export function launchPackaged(deps: PackagedSandboxDeps): SandboxRun {
  const { folder, dataFolder, clock, env } = deps;
  const args = sandboxArguments(dataFolder);
  const sandbox = new Utility(
    deps.fork(join(folder, 'index.mjs'), { args, env, name: 'Perch demo' }),
    deps.send,
  );
  const games = new GameProcesses({
    ...deps,
    gameFile: join(folder, 'game.mjs'),
    tell: (news) => sandbox.post(news),
  });
  sandbox.onMessage((message) => games.order(message));
  const pipes = { out: new PassThrough(), err: new PassThrough() };
  const ended = new Promise<number>((resolve) => {
    sandbox.onOutput((pipe, bytes) => void pipes[pipe].write(bytes), {
      clock,
      ended: (status) => {
        pipes.out.end();
        pipes.err.end();
        // The sandbox ends its games itself, except after a kill.
        void games.endAll().then(() => resolve(status));
      },
    });
  });
  return {
    onLine(listener) {
      createInterface(pipes.out).on('line', (line) => listener('out', line));
      createInterface(pipes.err).on('line', (line) => listener('err', line));
    },
    onEnd: (listener) => void ended.then((status) => listener(`exit ${status}`)),
    // A message instead of a signal: on Windows no signal can be caught.
    end: () => sandbox.post({ kind: 'end' }),
    kill: () => sandbox.kill('SIGKILL'),
  };
}
