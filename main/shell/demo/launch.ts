import { join } from 'node:path';
import { app } from 'electron';
import type { Clock, Log } from '../../base/ports.js';
import type { SandboxRun } from './demo-sandbox.js';
import { forkUtility } from './fork.js';
import { launchPackaged } from './packaged-sandbox.js';
import { launchProgram, sandboxProgram } from './sandbox-program.js';
import type { SendSignal } from './utility.js';

export interface SandboxPlace {
  readonly clock: Clock;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Path of Electron's binary. */
  readonly execPath: string;
  /** Folder of the build output. */
  readonly out: string;
  /** The user's data folder. */
  readonly dataFolder: string;
}

/**
 * Starts the sandbox: as a program from a checkout, as utility processes from a package. A package cannot run Electron
 * as Node.
 */
export function launchSandbox(
  { clock, platform, env, execPath, out, ...place }: SandboxPlace,
  log: Log,
): SandboxRun {
  const folder = join(out, 'sandbox');
  const dataFolder = join(place.dataFolder, 'sandbox');
  if (!app.isPackaged) {
    return launchProgram(sandboxProgram({ execPath, script: join(folder, 'index.mjs'), dataFolder, env }));
  }
  const send: SendSignal = (pid, signal) => void process.kill(pid, signal);
  return launchPackaged({ folder, dataFolder, platform, env, fork: forkUtility, send, clock, log });
}
