import { spawn } from 'node:child_process';

/** Longer than main takes to end a demo's servers. */
const END_MS = 8_000;

/** Runs one Electron at a time and restarts it after changes. */
export class ElectronLoop {
  /**
   * @param {object} options
   * @param {{ executable: string, args: string[], env: Record<string, string> }} options.launch
   * @param {() => void} options.ended Electron ended with code 0: the user quit
   * @param {(code: number | null) => void} options.failed Electron failed; the next change starts it again
   */
  constructor({ launch, ended, failed }) {
    this.launch = launch;
    this.ended = ended;
    this.failed = failed;
    /** @type {import('node:child_process').ChildProcess | null} */
    this.child = null;
    this.stopped = false;
    /** Current task; the next task waits for it. */
    this.work = Promise.resolve();
    this.restartAsked = false;
  }

  /** Starts Electron, or restarts it. A second request before the restart begins has no effect. */
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
      // If `child` is no longer the current child, this class has ended it.
      if (this.child !== child) return;
      this.child = null;
      if (code === 0) this.ended();
      else this.failed(code);
    });
  }

  /** Waits until the process is gone, because two processes must not share the same data. */
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
