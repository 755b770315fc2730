import * as z from 'zod';
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { sentence } from '../../../messages/messages.js';
import { parseJson } from '../../base/json.js';
import type { Clock, DemoSandbox, Log } from '../../base/ports.js';

/** A running sandbox, independent of how it was started. Add listeners at once, to miss no line. */
export interface SandboxRun {
  /** Calls the listener with whole lines: answers on `out`, log messages on `err`. */
  onLine(listener: (pipe: 'out' | 'err', line: string) => void): void;
  /** Calls the listener once: when the sandbox and its game servers have ended, or when the start failed. */
  onEnd(listener: (how: string) => void): void;
  /** Asks the sandbox to stop its game servers and to end. */
  end(): void;
  /** Kills the sandbox and its game servers. */
  kill(): void;
}

/** The line that the sandbox prints when it is ready. */
const readySchema = z.object({
  panel: z.url({ protocol: /^http$/, hostname: /^(?:127\.0\.0\.1|localhost)$/ }),
  keys: z.object({ owner: z.string().min(1) }),
});

/** Timeout of the start, in ms. The first start creates keys and installs servers. */
const readyWithinMs = 30_000;
/** Time in ms for a normal end, including the game servers. */
const endWithinMs = 5000;

interface Running {
  readonly run: SandboxRun;
  readonly ready: Promise<{ panelUrl: string; key: string }>;
  readonly ended: Promise<void>;
}

/** Runs the sandbox as a separate process, which ends with Perch. */
export class DemoSandboxProcess implements DemoSandbox {
  #running: Running | null = null;

  constructor(private readonly deps: { launch: () => SandboxRun; clock: Clock; log: Log }) {}

  /** Starts the sandbox, or returns the running one. Rejects with `PerchError`. */
  start(): Promise<{ panelUrl: string; key: string }> {
    this.#running ??= this.#start();
    return this.#running.ready;
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    if (running === null) return;
    running.run.end();
    const cancel = this.deps.clock.after(endWithinMs, () => running.run.kill());
    await running.ended;
    cancel();
  }

  #start(): Running {
    const run = this.deps.launch();
    const ended = new Promise<void>((resolve) => run.onEnd(() => resolve()));
    const running: Running = { run, ready: this.#whenReady(run), ended };
    run.onEnd((how) => {
      this.deps.log.info('demo.ended', { how });
      if (this.#running === running) this.#running = null;
    });
    running.ready.catch(() => {
      if (this.#running === running) this.#running = null;
      run.kill();
    });
    return running;
  }

  #whenReady(run: SandboxRun): Promise<{ panelUrl: string; key: string }> {
    return new Promise((resolve, reject) => {
      let settled = false;
      const fail = (reason: string): void => {
        if (settled) return;
        settled = true;
        cancel();
        this.deps.log.error('demo.failed', { reason });
        reject(new PerchError(notStarted));
      };
      const cancel = this.deps.clock.after(readyWithinMs, () => fail('not ready in time'));
      run.onEnd(fail);
      run.onLine((pipe, line) => {
        if (pipe === 'err') return this.deps.log.debug('demo.said', { line });
        const ready = readySchema.safeParse(parseJson(line));
        if (!ready.success || settled) return;
        settled = true;
        cancel();
        resolve({ panelUrl: ready.data.panel, key: ready.data.keys.owner });
      });
    });
  }
}

const notStarted = newProblem('internal', sentence('desktop.no-demo'));
