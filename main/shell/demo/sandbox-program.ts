import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { SandboxRun } from './demo-sandbox.js';

export interface SandboxProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface SandboxFacts {
  /** Electron's own binary. */
  readonly execPath: string;
  /** `out/sandbox/index.mjs`. */
  readonly script: string;
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What the sandbox is started with, however it is run. */
export function sandboxArguments(dataFolder: string): string[] {
  return ['--port', '0', '--data', dataFolder, '--with-parent'];
}

/**
 * How to start the sandbox from a checkout: with the Node that started Perch, else with Electron's own. A package has
 * that use of Electron switched off (PLATFORM, "Security"); `packaged-sandbox.ts` is its way.
 */
export function sandboxProgram({ execPath, script, dataFolder, env }: SandboxFacts): SandboxProgram {
  const args = [script, ...sandboxArguments(dataFolder)];
  const own = env['PERCH_NODE'] ?? env['npm_node_execpath'];
  if (own !== undefined && own !== '') return { command: own, args, env };
  return { command: execPath, args, env: { ...env, ELECTRON_RUN_AS_NODE: '1' } };
}

/** Starts it as a child process, which starts its game servers itself and ends when its standard input does. */
export function launchProgram({ command, args, env }: SandboxProgram): SandboxRun {
  const child = spawn(command, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  // A child that ends leaves a pipe that nobody reads; that is told by `exit`.
  child.stdin.on('error', () => undefined);
  return {
    onLine(listener) {
      createInterface(child.stdout).on('line', (line) => listener('out', line));
      createInterface(child.stderr).on('line', (line) => listener('err', line));
    },
    onEnd(listener) {
      child.once('error', (error) => {
        // One that never started has no `exit`.
        if (child.pid === undefined) listener(error.message);
      });
      child.once('exit', (code, signal) => listener(`exit ${code ?? signal}`));
    },
    end() {
      child.stdin.end();
      child.kill('SIGTERM');
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
