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
  /** Electron's own binary. */
  readonly execPath: string;
  /** The folder of everything that was built. */
  readonly out: string;
  /** The person's own folder. */
  readonly dataFolder: string;
}

/** A package can't run Electron as Node, and a checkout needs no utility processes to do that. */
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
