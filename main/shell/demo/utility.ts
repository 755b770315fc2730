import type { Readable } from 'node:stream';
import type { Clock } from '../../base/ports.js';

export type EndSignal = 'SIGTERM' | 'SIGKILL';

/** What is used of Electron's `UtilityProcess`. */
export interface UtilityProcessLike {
  /** Known from `spawn` to `exit`. */
  readonly pid: number | undefined;
  readonly stdout: NodeJS.ReadableStream | null;
  readonly stderr: NodeJS.ReadableStream | null;
  postMessage(message: unknown): void;
  on(event: 'spawn', listener: () => void): unknown;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

export interface UtilityOptions {
  readonly args: string[];
  /** All that the process gets. */
  readonly env: NodeJS.ProcessEnv;
  /** Must exist: Electron reports no end of a process that could not enter its folder. */
  readonly cwd?: string;
  /** For lists of processes. */
  readonly name: string;
}

/** Starts a utility process whose output comes by pipes. */
export type ForkUtility = (script: string, options: UtilityOptions) => UtilityProcessLike;
/** `process.kill`. */
export type SendSignal = (pid: number, signal: EndSignal) => void;

/** For output that is on its way when the process has ended. */
const drainWithinMs = 1000;

/**
 * A utility process that behaves like a child process: it can be sent signals at any time, and its end is told
 * after its last output.
 */
export class Utility {
  readonly #process: UtilityProcessLike;
  readonly #send: SendSignal;
  #early: EndSignal | null = null;
  #over = false;

  constructor(process: UtilityProcessLike, send: SendSignal) {
    this.#process = process;
    this.#send = send;
    process.on('spawn', () => {
      if (this.#early !== null) this.kill(this.#early);
    });
    process.on('exit', () => (this.#over = true));
  }

  post(message: unknown): void {
    if (!this.#over) this.#process.postMessage(message);
  }

  /** Electron's own `kill()` would follow SIGTERM with SIGKILL after two seconds. */
  kill(signal: EndSignal): void {
    const { pid } = this.#process;
    if (this.#over) return;
    if (pid === undefined) {
      if (this.#early !== 'SIGKILL') this.#early = signal;
      return;
    }
    try {
      this.#send(pid, signal);
    } catch {
      // It has just ended; that is told by `onEnd`.
    }
  }

  onStart(listener: (pid: number) => void): void {
    this.#process.on('spawn', () => {
      if (this.#process.pid !== undefined) listener(this.#process.pid);
    });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#process.on('message', listener);
  }

  /**
   * Output, then the end: once, with the number that the system gave, which is the exit code, or on Linux and macOS the
   * number of the signal that ended the process. On Windows it is the exit code in any case.
   */
  onOutput(
    output: (pipe: 'out' | 'err', bytes: Buffer) => void,
    { clock, ended }: { clock: Clock; ended: (status: number) => void },
  ): void {
    const { stdout, stderr } = this.#process;
    const pipes = [
      { stream: stdout as Readable | null, listener: (bytes: Buffer): void => output('out', bytes) },
      { stream: stderr as Readable | null, listener: (bytes: Buffer): void => output('err', bytes) },
    ];
    for (const { stream, listener } of pipes) stream?.on('data', listener);
    this.#process.on('exit', (status) => {
      // Right after this event Electron takes all listeners off the pipes, and what is still in them would be lost.
      queueMicrotask(() => {
        const drained = pipes.map(({ stream, listener }) => {
          if (stream === null || stream.destroyed) return Promise.resolve();
          stream.on('data', listener);
          return new Promise<void>((resolve) => stream.once('close', resolve));
        });
        // Electron leaves the pipe of a process that was killed open now and then.
        let cancel: () => void = () => undefined;
        const enough = new Promise<void>((resolve) => (cancel = clock.after(drainWithinMs, resolve)));
        void Promise.race([Promise.all(drained), enough]).then(() => {
          cancel();
          ended(status);
        });
      });
    });
  }
}
