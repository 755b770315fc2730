import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { SandboxRun } from './demo-sandbox.js';

export interface SandboxProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface SandboxFacts {
  /** Path of Electron's binary. */
  readonly execPath: string;
  /** Path of `out/sandbox/index.mjs`. */
  readonly script: string;
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Arguments of the sandbox. */
export function sandboxArguments(dataFolder: string): string[] {
  return ['--port', '0', '--data', dataFolder, '--with-parent'];
}

/**
 * Command that starts the sandbox from a checkout: with the Node that started Perch, otherwise with Electron as Node.
 *
 * A package has Electron's Node mode switched off (PLATFORM, "Security") and uses `packaged-sandbox.ts`.
 */
export function sandboxProgram({ execPath, script, dataFolder, env }: SandboxFacts): SandboxProgram {
  const args = [script, ...sandboxArguments(dataFolder)];
  const own = env['PERCH_NODE'] ?? env['npm_node_execpath'];
  if (own !== undefined && own !== '') return { command: own, args, env };
  return { command: execPath, args, env: { ...env, ELECTRON_RUN_AS_NODE: '1' } };
}

/**
 * Starts the sandbox as a child process. It starts its game servers itself, and ends when its standard input closes.
 */
export function launchProgram({ command, args, env }: SandboxProgram): SandboxRun {
  const child = spawn(command, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
  // Writing to an ended child fails; `exit` reports its end.
  child.stdin.on('error', () => undefined);
  return {
    onLine(listener) {
      createInterface(child.stdout).on('line', (line) => listener('out', line));
      createInterface(child.stderr).on('line', (line) => listener('err', line));
    },
    onEnd(listener) {
      child.once('error', (error) => {
        // A child that failed to start has no `exit` event.
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
