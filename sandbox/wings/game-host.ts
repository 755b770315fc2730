import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import type { Orders } from '../games/orders.js';
import type { Gauge } from './meter.js';

/** End of a process; `code` as in a shell: 128 + the number of the signal that ended it. */
export interface GameEnd {
  code: number;
}

/** A running game. */
export interface GameProcess {
  /** null while the process id is unknown, because another process starts the game. */
  readonly pid: number | null;
  /** Writes to the game's terminal; no-op after the game has ended. */
  write(bytes: Buffer): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
  onOutput(listener: (bytes: Buffer) => void): void;
  /** Called once, after the last output. */
  onExit(listener: (end: GameEnd) => void): void;
}

/** Runs games. */
export interface GameHost {
  /** Throws if the process can't be started. */
  spawn(folder: string, orders: Orders): GameProcess;
  /** Usage of games that are no processes of this computer. */
  readonly gauge?: Gauge;
}

const SIGNAL_NUMBERS: Readonly<Record<string, number>> = { SIGKILL: 9, SIGTERM: 15, SIGINT: 2, SIGSEGV: 11 };

/** Runs games as child processes with the same runtime (Node, or Electron's binary as Node). */
export class ChildProcessHost implements GameHost {
  constructor(private readonly gameFile: string) {}

  spawn(folder: string, orders: Orders): GameProcess {
    mkdirSync(folder, { recursive: true });
    // The environment is not inherited, because the child needs none of it and it may hold secrets.
    const env: NodeJS.ProcessEnv = { PERCH_GAME: JSON.stringify(orders) };
    for (const name of ['PATH', 'SystemRoot', 'TZ', 'LD_LIBRARY_PATH']) {
      const value = process.env[name];
      if (value !== undefined) env[name] = value;
    }
    if (process.versions['electron'] !== undefined) env['ELECTRON_RUN_AS_NODE'] = '1';
    const child = spawn(process.execPath, [this.gameFile], {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    });
    // A failed start also emits an error; the missing pid reports it already.
    child.on('error', () => undefined);
    if (child.pid === undefined) {
      throw new Error(`the process of the game could not be started with ${process.execPath}`);
    }
    // Ignores a write to a process that has just ended; `onExit` reports the end.
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
