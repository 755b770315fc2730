import type { Readable } from 'node:stream';
import type { Clock } from '../../base/ports.js';

export type EndSignal = 'SIGTERM' | 'SIGKILL';

/** The used part of Electron's `UtilityProcess`. */
export interface UtilityProcessLike {
  /** Set from `spawn` to `exit`. */
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
  /** The whole environment of the process. */
  readonly env: NodeJS.ProcessEnv;
  /** Must exist: Electron reports no end for a process that cannot enter its folder. */
  readonly cwd?: string;
  /** Name in process lists. */
  readonly name: string;
}

/** Starts a utility process whose output goes through pipes. */
export type ForkUtility = (script: string, options: UtilityOptions) => UtilityProcessLike;
/** Sends a signal, as `process.kill`. */
export type SendSignal = (pid: number, signal: EndSignal) => void;

/** Longest wait in ms for output after the end of the process. */
const drainWithinMs = 1000;

/**
 * A utility process that behaves like a child process: it accepts signals at any time, and reports its end after its
 * last output.
 */
export class Utility {
  #early: EndSignal | null = null;
  #over = false;

  constructor(
    private readonly process: UtilityProcessLike,
    private readonly send: SendSignal,
  ) {
    process.on('spawn', () => {
      if (this.#early !== null) this.kill(this.#early);
    });
    process.on('exit', () => (this.#over = true));
  }

  post(message: unknown): void {
    if (!this.#over) this.process.postMessage(message);
  }

  /** Sends the signal. Electron's own `kill()` would send SIGKILL two seconds after SIGTERM. */
  kill(signal: EndSignal): void {
    const { pid } = this.process;
    if (this.#over) return;
    if (pid === undefined) {
      if (this.#early !== 'SIGKILL') this.#early = signal;
      return;
    }
    try {
      this.send(pid, signal);
    } catch {
      // The process has just ended; `onOutput` reports the end.
    }
  }

  onStart(listener: (pid: number) => void): void {
    this.process.on('spawn', () => {
      if (this.process.pid !== undefined) listener(this.process.pid);
    });
  }

  onMessage(listener: (message: unknown) => void): void {
    this.process.on('message', listener);
  }

  /**
   * Calls `output` with the output, then `ended` once.
   *
   * `status` is the exit code. On Linux and macOS it is the signal's number if a signal ended the process.
   */
  onOutput(
    output: (pipe: 'out' | 'err', bytes: Buffer) => void,
    { clock, ended }: { clock: Clock; ended: (status: number) => void },
  ): void {
    const { stdout, stderr } = this.process;
    const pipes = [
      { stream: stdout as Readable | null, listener: (bytes: Buffer): void => output('out', bytes) },
      { stream: stderr as Readable | null, listener: (bytes: Buffer): void => output('err', bytes) },
    ];
    for (const { stream, listener } of pipes) stream?.on('data', listener);
    this.process.on('exit', (status) => {
      // Directly after this event Electron removes all listeners from the pipes. Without new listeners, the output in
      // the pipes would be lost.
      queueMicrotask(() => {
        const drained = pipes.map(({ stream, listener }) => {
          if (stream === null || stream.destroyed) return Promise.resolve();
          stream.on('data', listener);
          return new Promise<void>((resolve) => stream.once('close', resolve));
        });
        // Electron sometimes leaves the pipe of a killed process open.
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
