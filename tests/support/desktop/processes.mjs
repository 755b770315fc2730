import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a program may take to end after it was asked to. */
const GRACE_MS = 2_000;

/** The programs that one desktop has started, so that exactly those are ended again. */
export class Processes {
  constructor() {
    /** @type {import('node:child_process').ChildProcess[]} */
    this.children = [];
    this.killAll = () => {
      for (const child of this.children) child.kill('SIGKILL');
    };
    // Also when the test run itself is torn down.
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
      // Ctrl+C in the terminal is for us; we end these in order.
      detached: true,
      stdio: extraPipe ? ['pipe', 'pipe', stderr, 'pipe'] : ['pipe', 'pipe', stderr],
    });
    child.on('error', () => this.forget(child));
    child.on('exit', () => this.forget(child));
    // A program that ends early closes its pipes; that shows as its exit, not as an error here.
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

  /** Ends all, the last started first. */
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
 * The first line that a program writes to one of its pipes.
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
 * Asks again and again until the answer is true.
 *
 * @param {() => Promise<boolean>} ask
 * @param {{ what: string, timeoutMs?: number }} options
 */
export async function until(ask, { what, timeoutMs = 10_000 }) {
  const end = Date.now() + timeoutMs;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${timeoutMs / 1000} s`);
    await sleep(50);
  }
}
