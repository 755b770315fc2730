import { spawn } from 'node:child_process';

/** Longer than main takes to end a demo's servers. */
const END_MS = 8_000;

/** Runs Electron, and again after each change, one at a time. */
export class ElectronLoop {
  /**
   * @param {object} options
   * @param {{ executable: string, args: string[], env: Record<string, string> }} options.launch
   * @param {() => void} options.ended it ended by itself and well: the person has quit
   * @param {(code: number | null) => void} options.failed it ended otherwise; the next change starts it again
   */
  constructor({ launch, ended, failed }) {
    this.launch = launch;
    this.ended = ended;
    this.failed = failed;
    /** @type {import('node:child_process').ChildProcess | null} */
    this.child = null;
    this.stopped = false;
    /** What is being done; the next thing waits for it. */
    this.work = Promise.resolve();
    this.restartAsked = false;
  }

  /** Starts it, or ends the one that runs and starts it again. Asked twice before it begins, it happens once. */
  restart() {
    if (this.restartAsked) return;
    this.restartAsked = true;
    this.work = this.work.then(async () => {
      await this.end();
      this.restartAsked = false;
      if (!this.stopped) this.start();
    });
  }

  async stop() {
    this.stopped = true;
    await this.work;
    await this.end();
  }

  start() {
    const { executable, args, env } = this.launch;
    const child = spawn(executable, args, { env, stdio: 'inherit' });
    this.child = child;
    child.on('error', () => undefined);
    child.on('close', (code) => {
      // Otherwise it was told to end.
      if (this.child !== child) return;
      this.child = null;
      if (code === 0) this.ended();
      else this.failed(code);
    });
  }

  /** Two of them on the same data would be one too many, so this waits until it is gone. */
  async end() {
    const { child } = this;
    if (child === null) return;
    this.child = null;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), END_MS);
    await gone;
    clearTimeout(late);
  }
}
