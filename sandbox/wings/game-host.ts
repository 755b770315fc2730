import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Orders } from '../games/orders.js';
import type { Gauge } from './meter.js';

/** How a process ended; `code` as a shell says it: 128 + the signal's number where a signal ended it. */
export interface GameEnd {
  code: number;
}

/** A running game. */
export interface GameProcess {
  /** null for the moment until it is known, where another process makes this one. */
  readonly pid: number | null;
  /** To its terminal; silently nothing once it has ended. */
  write(bytes: Buffer): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  onOutput(listener: (bytes: Buffer) => void): void;
  /** Once, after the last output. */
  onExit(listener: (end: GameEnd) => void): void;
}

/** Where games run. */
export interface GameHost {
  /** Throws where no process could be made. */
  spawn(folder: string, orders: Orders): GameProcess;
  /** Where its games are no processes of this computer: what they use. */
  readonly gauge?: Gauge;
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15, SIGINT: 2, SIGSEGV: 11 };

/** Runs games as child processes of this one, with the same runtime (node, or Electron's binary as node). */
export class ChildProcessHost implements GameHost {
  readonly #gameFile: string;

  constructor(gameFile: string) {
    this.#gameFile = gameFile;
  }

  spawn(folder: string, orders: Orders): GameProcess {
    mkdirSync(folder, { recursive: true });
    // The parent's environment is not handed down: the child needs none of it, and it may hold what is secret.
    const env: NodeJS.ProcessEnv = { PERCH_GAME: JSON.stringify(orders) };
    for (const name of ['PATH', 'SystemRoot', 'TZ', 'LD_LIBRARY_PATH']) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    if (process.versions['electron'] !== undefined) env['ELECTRON_RUN_AS_NODE'] = '1';
    const child = spawn(process.execPath, [this.#gameFile], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // Told here too when no process could be made, which the missing pid says already.
    child.on('error', () => undefined);
    if (child.pid === undefined) {
      throw new Error(`the process of the game could not be started with ${process.execPath}`);
    }
    // A write to a process that has just ended need not be reported; its end is told by onExit.
    child.stdin.on('error', () => undefined);
    return {
      pid: child.pid,
      write: (bytes) => {
        if (child.stdin.writable) child.stdin.write(bytes);
      },
      kill: (signal) => void child.kill(signal),
      // A container has a terminal, so both streams are one (PROTOCOL 4.12).
      onOutput: (listener) => {
        child.stdout.on('data', listener);
        child.stderr.on('data', listener);
      },
      onExit: (listener) => {
        child.once('close', (code, signal) => {
          listener({ code: code ?? 128 + (SIGNAL_NUMBERS[signal ?? ''] ?? 0) });
        });
      },
    };
  }
}
