import { setTimeout as wait } from 'node:timers/promises';
import type { PanelLink, ServerSpec, State, WingsDialect } from './api.js';
import type { Container } from './container.js';
import { DAEMON_TEXT } from './daemon-lines.js';
import type { DiskGauge } from './disk.js';
import { pause } from './pause.js';
import { PowerBusy, PowerLock, PowerRefusal } from './power.js';
import type { ServerConsole } from './server-console.js';
import { stopWay } from './stop-word.js';
import type { WingsTuning } from './tuning.js';

const MB = 1024 * 1024;

export interface PowerActionsDeps {
  uuid: string;
  panel: PanelLink;
  dialect: WingsDialect;
  tuning: WingsTuning;
  container: Container;
  console: ServerConsole;
  disk: DiskGauge;
  state: () => State;
  become: (state: State) => void;
  /** Types a line into the terminal. */
  type: (text: string) => void;
  /** The process could not be started. */
  failedAtBirth: () => void;
  /** Output of pulling the image. */
  pulled: (line: string) => void;
  isDisposed: () => boolean;
}

/** Start, stop, restart and kill of one server, one at a time (PROTOCOL 4.6, 4.11). */
export class PowerActions {
  readonly #lock = new PowerLock();
  #spec: ServerSpec | null = null;
  #killAtBirth = false;

  constructor(private readonly deps: PowerActionsDeps) {}

  /** Server data of the last start. */
  get spec(): ServerSpec | null {
    return this.#spec;
  }

  get isBusy(): boolean {
    return this.#lock.held;
  }

  /** Carries out the action to its end. Rejects with `PowerRefusal`. */
  async act(action: string): Promise<void> {
    const { stopLimitMs } = this.deps.tuning;
    const release = this.#lock.acquire();
    // A kill takes the lock if it is free, but does not wait for it.
    if (release === null && action !== 'kill') throw new PowerBusy();
    try {
      if (action === 'start') await this.#start();
      else if (action === 'stop') await this.stop(stopLimitMs);
      else if (action === 'restart') {
        await this.stop(stopLimitMs);
        await this.#boot();
      } else if (action === 'kill') await this.kill();
      else throw new PowerRefusal('attempting to handle unknown power action');
    } finally {
      release?.();
    }
  }

  /** Waits until the process is gone, and kills it after the limit. No-op for a stopped server. */
  async stop(limitMs: number): Promise<void> {
    const { uuid, container, state, become, type } = this.deps;
    if (!container.isUp) return;
    if (state() !== 'offline') become('stopping');
    const way = stopWay(this.#spec?.stopValue ?? '^C');
    if (way.kind === 'refused') {
      throw new PowerRefusal(
        `Error response from daemon: cannot kill container: ${uuid}: invalid signal: ${way.name}`,
      );
    }
    if (way.kind === 'command') type(way.word);
    else container.kill(way.kind === 'signal' ? 'SIGTERM' : 'SIGKILL');
    const timer = setTimeout(() => container.kill('SIGKILL'), limitMs);
    await container.ended;
    clearTimeout(timer);
  }

  /** Like `stop`, but rejects at the limit instead of killing. */
  async stopWithin(limitMs: number): Promise<void> {
    const late = new AbortController();
    const tooLate = wait(limitMs, undefined, { signal: late.signal }).then(() => {
      throw new PowerRefusal('context deadline exceeded');
    });
    try {
      await Promise.race([this.stop(this.deps.tuning.stopLimitMs), tooLate]);
    } finally {
      late.abort();
      tooLate.catch(() => undefined);
    }
  }

  async kill(): Promise<void> {
    const { container, state, become } = this.deps;
    if (!container.isUp) {
      // A running start ends as soon as there is a process to kill.
      this.#killAtBirth = state() === 'starting';
      return;
    }
    become('stopping');
    container.kill('SIGKILL');
    await container.ended;
  }

  isStopWord(text: string): boolean {
    const way = stopWay(this.#spec?.stopValue ?? '^C');
    return way.kind === 'command' && way.word === text;
  }

  async #start(): Promise<void> {
    if (this.deps.state() !== 'offline') throw new PowerRefusal('server is running');
    await this.#boot();
  }

  async #boot(): Promise<void> {
    const { tuning, panel, console, container, become, pulled, isDisposed } = this.deps;
    this.#killAtBirth = false;
    await pause(tuning.syncMs);
    if (panel.isAway) await pause(tuning.panelPatienceMs);
    const spec = this.#askPanel();
    await this.#checkDisk(spec);
    console.daemon(DAEMON_TEXT.configuration);
    console.daemon(DAEMON_TEXT.permissions);
    // The process never stopped: it only printed its own stop word (PROTOCOL 4.6).
    if (container.isUp) return become('running');
    become('starting');
    console.daemon(DAEMON_TEXT.pulling);
    await pause(tuning.pullMs);
    pulled(`Status: Image is up to date for ${spec.image} `);
    console.daemon(DAEMON_TEXT.pulled);
    await pause(tuning.createMs);
    if (isDisposed()) return;
    this.#run(spec);
    if (this.#killAtBirth) await this.kill();
  }

  #askPanel(): ServerSpec {
    const { uuid, panel } = this.deps;
    if (panel.isAway) throw new PowerRefusal('unable to sync server data from Panel instance: no answer');
    const spec = panel.spec(uuid);
    if (spec === null) throw new PowerRefusal('unable to sync server data from Panel instance: not found');
    if (spec.suspended) throw new PowerRefusal('server is currently in a suspended state');
    this.#spec = spec;
    return spec;
  }

  async #checkDisk(spec: ServerSpec): Promise<void> {
    const { console, dialect, disk } = this.deps;
    if (spec.diskMb <= 0) return;
    console.daemon(dialect.diskCheckLine);
    if ((await disk.measure()) > spec.diskMb * MB)
      throw new PowerRefusal('filesystem: not enough disk space');
  }

  #run(spec: ServerSpec): void {
    const { console, container, failedAtBirth } = this.deps;
    console.begin();
    try {
      container.run(spec);
    } catch (cause) {
      failedAtBirth();
      throw new PowerRefusal(cause instanceof Error ? cause.message : String(cause));
    }
  }
}
