import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { PerchError, type Problem } from '../../bridge/errors.js';
import type { Clock, DemoSandbox, Log } from '../ports.js';

export interface SandboxProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export interface SandboxFacts {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  /** Electron's own binary. */
  readonly execPath: string;
  /** `out/sandbox/index.mjs`. */
  readonly script: string;
  readonly dataFolder: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * How to start the sandbox: with the Node that started Perch, else with Electron's own. Packages have that use of
 * Electron switched off (PLATFORM, "Security"), so there the `node` of the machine has to do.
 */
export function sandboxProgram(facts: SandboxFacts): SandboxProgram {
  const { env, script, dataFolder } = facts;
  // An archive is no place that another program can read from.
  const file = script.replace(/\bapp\.asar\b(?!\.unpacked)/, 'app.asar.unpacked');
  const args = [file, '--port', '0', '--data', dataFolder, '--with-parent'];
  const own = env['PERCH_NODE'] ?? env['npm_node_execpath'];
  if (own !== undefined && own !== '') return { command: own, args, env };
  if (facts.isPackaged) return { command: facts.platform === 'win32' ? 'node.exe' : 'node', args, env };
  return { command: facts.execPath, args, env: { ...env, ELECTRON_RUN_AS_NODE: '1' } };
}

/** The one line that the sandbox prints when it is ready. */
const readySchema = z.object({
  panel: z.url({ protocol: /^http$/, hostname: /^(?:127\.0\.0\.1|localhost)$/ }),
  keys: z.object({ owner: z.string().min(1) }),
});

/** Its first start makes keys and installs servers. */
const readyWithinMs = 30_000;
/** To end by itself; its game servers have to stop as well. */
const endWithinMs = 5000;

interface Running {
  readonly child: ChildProcess;
  readonly ready: Promise<{ panelUrl: string; key: string }>;
}

/** Runs the sandbox as a process of its own; it ends with Perch, because its standard input does. */
export class DemoSandboxProcess implements DemoSandbox {
  readonly #program: SandboxProgram;
  readonly #clock: Clock;
  readonly #log: Log;
  #running: Running | null = null;

  constructor(deps: { program: SandboxProgram; clock: Clock; log: Log }) {
    this.#program = deps.program;
    this.#clock = deps.clock;
    this.#log = deps.log;
  }

  /** Starts it, or answers for the one that runs. Rejects with `PerchError`. */
  start(): Promise<{ panelUrl: string; key: string }> {
    this.#running ??= this.#spawn();
    return this.#running.ready;
  }

  async stop(): Promise<void> {
    const child = this.#running?.child;
    this.#running = null;
    // One without an id never started.
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    child.stdin?.end();
    child.kill('SIGTERM');
    const cancel = this.#clock.after(endWithinMs, () => child.kill('SIGKILL'));
    await ended;
    cancel();
  }

  #spawn(): Running {
    const { command, args, env } = this.#program;
    const child = spawn(command, [...args], { env, stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true });
    const running: Running = { child, ready: this.#whenReady(child) };
    child.once('exit', (code, signal) => {
      this.#log.info('demo.ended', { code, signal });
      if (this.#running === running) this.#running = null;
    });
    running.ready.catch(() => {
      if (this.#running === running) this.#running = null;
      child.kill('SIGKILL');
    });
    return running;
  }

  #whenReady(child: ChildProcess): Promise<{ panelUrl: string; key: string }> {
    return new Promise((resolve, reject) => {
      let settled = false;
      const fail = (reason: string): void => {
        if (settled) return;
        settled = true;
        cancel();
        this.#log.error('demo.failed', { reason });
        reject(new PerchError(notStarted));
      };
      const cancel = this.#clock.after(readyWithinMs, () => fail('not ready in time'));
      child.once('error', (error) => fail(error.message));
      child.once('exit', (code, signal) => fail(`ended with ${code ?? signal}`));
      // A child that ends leaves a pipe that nobody reads; that is told by `exit`.
      child.stdin?.on('error', () => undefined);
      if (child.stderr !== null) {
        createInterface(child.stderr).on('line', (line) => this.#log.debug('demo.said', { line }));
      }
      if (child.stdout === null) return;
      createInterface(child.stdout).on('line', (line) => {
        const ready = readySchema.safeParse(parseJson(line));
        if (!ready.success || settled) return;
        settled = true;
        cancel();
        resolve({ panelUrl: ready.data.panel, key: ready.data.keys.owner });
      });
    });
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const notStarted: Problem = {
  code: 'internal',
  message: 'The demo on this machine did not start.',
  next: 'Try again; if it fails again, look into the log, or connect a panel of your own.',
};
