import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Time that a program gets to end after SIGTERM, in ms. */
const GRACE_MS = 2_000;

/** Programs started by one desktop session; ends exactly these. */
export class Processes {
  constructor() {
    /** @type {import('node:child_process').ChildProcess[]} */
    this.children = [];
    this.killAll = () => {
      for (const child of this.children) child.kill('SIGKILL');
    };
    // Also runs when the test run is aborted.
    process.once('exit', this.killAll);
  }

  /**
   * @param {string} command
   * @param {readonly string[]} args
   * @param {{ env: NodeJS.ProcessEnv, extraPipe?: boolean, stderr?: 'inherit' | 'ignore' }} options `extraPipe` gives it
   *   file descriptor 3
   */
  start(command, args, { env, extraPipe = false, stderr = 'ignore' }) {
    const child = spawn(command, args, {
      env,
      // Ctrl+C in the terminal reaches only this process, which then ends the programs in order.
      detached: true,
      stdio: extraPipe ? ['pipe', 'pipe', stderr, 'pipe'] : ['pipe', 'pipe', stderr],
    });
    child.on('error', () => this.forget(child));
    child.on('exit', () => this.forget(child));
    // A program that ends early breaks its pipes; its exit is reported elsewhere.
    child.stdin?.on('error', () => undefined);
    this.children.push(child);
    return child;
  }

  /** @param {import('node:child_process').ChildProcess} child */
  async end(child) {
    if (!this.children.includes(child)) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const waiting = new AbortController();
    await Promise.race([gone, sleep(GRACE_MS, undefined, { signal: waiting.signal }).catch(() => undefined)]);
    waiting.abort();
    child.kill('SIGKILL');
  }

  /** Ends all programs in reverse order of their start. */
  async endAll() {
    for (const child of [...this.children].reverse()) await this.end(child);
    process.off('exit', this.killAll);
  }

  /** @param {import('node:child_process').ChildProcess} child */
  forget(child) {
    this.children = this.children.filter((other) => other !== child);
  }
}

/**
 * First line that a program writes to a pipe.
 *
 * @param {import('node:stream').Readable | import('node:stream').Writable | null | undefined} pipe
 * @param {string} program for the error
 * @returns {Promise<string>}
 */
export function firstLine(pipe, program) {
  return new Promise((resolve, reject) => {
    const failed = () => reject(new Error(`${program} ended before it was ready`));
    if (!pipe || !('read' in pipe)) return failed();
    let text = '';
    pipe.on('data', (/** @type {Buffer} */ chunk) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end).trim());
    });
    pipe.once('close', failed);
  });
}

/**
 * Polls until the answer is true.
 *
 * @param {() => Promise<boolean>} ask
 * @param {{ what: string, timeoutMs?: number }} options
 */
export async function until(ask, { what, timeoutMs = 30_000 }) {
  const end = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`);
    await sleep(50);
  }
}
