import type { QueryFaults } from '../games/query/queried-game.js';
import type { Activity, State, Usage } from './api.js';
import { typedBytes, typedLines } from './console-text.js';
import { Container } from './container.js';
import { Crashes } from './crashes.js';
import { DAEMON_TEXT } from './daemon-lines.js';
import { DiskGauge } from './disk.js';
import type { Outbound } from './frames.js';
import type { Measured, Measurement } from './meter.js';
import { Installer } from './installation.js';
import { pause } from './pause.js';
import { PowerActions } from './power-actions.js';
import { PowerRefusal } from './power.js';
import { ServerConsole } from './server-console.js';
import type { ServerDeps } from './server-deps.js';
import { periodicStats } from './usage.js';

/** One server of a node while the node is up: state, process, power, console, usage (PROTOCOL 4.5 - 4.12). */
export class Server implements Measured {
  readonly #container: Container;
  readonly #installer: Installer;
  readonly #console: ServerConsole;
  readonly #power: PowerActions;
  readonly #crashes: Crashes;
  readonly #disk: DiskGauge;
  readonly #listeners = new Set<(message: Outbound) => void>();
  #state: State = 'offline';
  #isRestoring = false;
  #disposed = false;

  constructor(
    readonly uuid: string,
    folder: string,
    private readonly deps: ServerDeps,
  ) {
    const { panel, host, dialect, tuning, now } = deps;
    const log = (line: string): void => deps.log(`${uuid}: ${line}`);
    this.#disk = new DiskGauge(folder, tuning.diskEveryMs, now);
    this.#console = new ServerConsole(dialect.appName, tuning, now, {
      publish: (line) => this.tell({ event: 'console output', args: [line] }),
      saw: (line) => this.#saw(line),
    });
    this.#crashes = new Crashes({
      console: this.#console,
      tuning,
      now,
      start: () => this.power('start'),
      isDisposed: () => this.#disposed,
    });
    this.#container = new Container({
      folder,
      host,
      hasDiskIo: dialect.diskIo,
      log,
      output: (bytes) => this.#console.output(bytes),
      exited: ({ code, outOfMemory }) => this.#exited(code, outOfMemory),
    });
    this.#power = new PowerActions({
      uuid,
      panel,
      dialect,
      tuning,
      container: this.#container,
      console: this.#console,
      disk: this.#disk,
      state: () => this.#state,
      become: (state) => this.#become(state),
      type: (text) => this.command(text),
      failedAtBirth: () => {
        // Wings treats a start that fails this early as a crash (PROTOCOL 4.6).
        this.#become('offline');
        void this.#crashes.handle(1, false);
      },
      pulled: (line) => this.tell({ event: 'install output', args: [line] }),
      isDisposed: () => this.#disposed,
    });
    this.#installer = new Installer({
      uuid,
      folder,
      panel,
      host,
      createMs: tuning.createMs,
      log,
      tell: (message) => this.tell(message),
      measureDisk: () => this.#disk.measure(),
    });
  }

  get state(): State {
    return this.#state;
  }

  get pid(): number | null {
    return this.#container.pid;
  }

  get isInstalling(): boolean {
    return this.#installer.isRunning;
  }

  get isBusy(): boolean {
    return this.#power.isBusy;
  }

  /** Returns the function that ends listening. */
  listen(listener: (message: Outbound) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Sends an event to every client that may have it. */
  tell(message: Outbound): void {
    for (const listener of this.#listeners) listener(message);
  }

  usage(): Usage {
    if (this.#disk.isStale) void this.#disk.measure();
    return this.#container.usage(this.#state, this.#disk.bytes);
  }

  /** Lines since the last start; empty while no process runs. */
  history(): string[] {
    return this.#container.isUp ? this.#console.replay() : [];
  }

  /**
   * Carries out the action to its end. Rejects with `PowerRefusal`, also for an unknown action, as Wings does. `by` =
   * the user; undefined for the node itself.
   */
  async power(action: string, by?: string): Promise<void> {
    if (this.isInstalling) throw new PowerRefusal('server is currently installing');
    if (this.#isRestoring) throw new PowerRefusal('server is currently being restored');
    const [at, before] = [this.deps.now(), this.#state];
    await this.#power.act(action);
    this.#did({ signal: action }, { by, before, at });
  }

  /** Types a command. Returns false if no process can read it. */
  command(text: string, by?: string): boolean {
    if (!this.#container.isUp || this.#state === 'offline') return false;
    this.#did({ command: text }, { by, before: this.#state, at: this.deps.now() });
    if (this.#power.isStopWord(text)) this.#become('stopping');
    for (const line of typedLines(text)) {
      this.#console.echo(line);
      this.#container.type(typedBytes(line));
    }
    return true;
  }

  /** Reinstalls as in PROTOCOL 2.8: stops a running server first, and reports the end to the panel. */
  async install(): Promise<void> {
    const { tuning } = this.deps;
    if (this.#container.isUp) {
      await this.#power.stop(tuning.reinstallStopLimitMs).catch(() => this.#power.kill());
      await pause(tuning.inspectMs);
    }
    await this.#installer.run();
  }

  /** Stops a running server, then does the work; power actions are refused meanwhile. */
  async whileRestoring(work: () => Promise<void>): Promise<void> {
    this.#isRestoring = true;
    try {
      await this.#power.stopWithin(this.deps.tuning.restoreStopLimitMs);
      await work();
    } finally {
      this.#isRestoring = false;
    }
  }

  measured(measurement: Measurement): void {
    if (!this.#container.isUp || this.#state === 'offline') return;
    this.#container.measured(measurement);
    this.tell({ event: 'stats', args: [periodicStats(this.usage())] });
    this.#container.limitMemory();
    void this.#checkDisk();
  }

  disturbQueries(faults: QueryFaults): void {
    this.#container.disturbQueries(faults);
  }

  measureDisk(): Promise<number> {
    return this.#disk.measure();
  }

  /** The node goes down or the server is removed: its processes end now, without a report. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#container.kill('SIGKILL');
    await Promise.all([this.#container.ended, this.#installer.dispose()]);
    this.#listeners.clear();
  }

  #exited(code: number, outOfMemory: boolean): void {
    const before = this.#state;
    if (this.#disposed) return;
    this.#console.end();
    this.#goOffline();
    if (before === 'starting' || before === 'running') void this.#crashes.handle(code, outOfMemory);
  }

  #goOffline(): void {
    this.#become('offline');
    this.tell({ event: 'stats', args: [periodicStats(this.usage())] });
  }

  #become(state: State): void {
    if (this.#state === state || this.#disposed) return;
    this.#state = state;
    this.deps.panel.stateChanged(this.uuid, state);
    this.tell({ event: 'status', args: [state] });
  }

  #saw(line: string): void {
    const { spec } = this.#power;
    if (spec === null) return;
    if (this.#state === 'starting' && spec.donePattern !== '' && line.includes(spec.donePattern)) {
      this.#become('running');
      // The folder of a new server was empty before its first boot.
      void this.#disk.measure();
    } else if (this.#state === 'running' && this.#power.isStopWord(line)) {
      // Printed, not typed: Wings believes that the server has stopped and then crashed (PROTOCOL 4.6).
      this.#goOffline();
      void this.#crashes.handle(0, false);
    }
  }

  async #checkDisk(): Promise<void> {
    if (!this.#disk.isStale) return;
    const bytes = await this.#disk.measure();
    const limit = (this.#power.spec?.diskMb ?? 0) * 1024 * 1024;
    if (limit === 0 || bytes <= limit || this.#state !== 'running') return;
    this.#console.daemon(DAEMON_TEXT.diskExceeded);
    await this.power('stop').catch(() => undefined);
  }

  #did(
    what: Activity['what'],
    { by, before, at }: { by: string | undefined; before: State; at: number },
  ): void {
    if (by !== undefined) this.deps.panel.did?.(this.uuid, { by, before, what }, at);
  }
}
