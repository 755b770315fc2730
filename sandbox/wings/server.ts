import type { PanelLink, ServerSpec, State, Usage } from './api.js';
import { typedBytes, typedLines } from './console-text.js';
import { DAEMON_TEXT } from './daemon-lines.js';
import { DiskGauge } from './disk.js';
import type { Outbound } from './frames.js';
import type { GameHost, GameProcess } from './game-host.js';
import type { Measured, Measurement } from './meter.js';
import { runInstallation, type Installation } from './installation.js';
import { CrashWatch, PowerBusy, PowerLock, PowerRefusal } from './power.js';
import { ServerConsole } from './server-console.js';
import { stopWay } from './stop-word.js';
import type { WingsTuning } from './tuning.js';
import { idleUsage, memoryLimitBytes, periodicStats } from './usage.js';

/** What every server of a node shares. */
export interface ServerSurroundings {
  panel: PanelLink;
  host: GameHost;
  appName: string;
  tuning: WingsTuning;
  now: () => number;
  log: (line: string) => void;
}

const MB = 1024 * 1024;

/** One server of a node from the node's start to its end: state, process, power, console, usage (PROTOCOL 4.5 - 4.12). */
export class Server implements Measured {
  readonly uuid: string;
  readonly #folder: string;
  readonly #around: ServerSurroundings;
  readonly #console: ServerConsole;
  readonly #lock = new PowerLock();
  readonly #crashes: CrashWatch;
  readonly #disk: DiskGauge;
  readonly #listeners = new Set<(message: Outbound) => void>();
  #state: State = 'offline';
  #spec: ServerSpec | null = null;
  #process: GameProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #installation: Installation | null = null;
  #installing = false;
  #killAtBirth = false;
  #outOfMemory = false;
  #disposed = false;
  #memoryLimit = 0;
  #measurement: Measurement | null = null;
  #network = { rx_bytes: 0, tx_bytes: 0 };

  constructor(uuid: string, folder: string, around: ServerSurroundings) {
    this.uuid = uuid;
    this.#folder = folder;
    this.#around = around;
    this.#crashes = new CrashWatch(around.tuning.crashWindowSeconds, around.now);
    this.#disk = new DiskGauge(folder, around.tuning.diskEveryMs, around.now);
    this.#console = new ServerConsole(around.appName, around.tuning, around.now, {
      publish: (line) => this.#tell({ event: 'console output', args: [line] }),
      saw: (line) => this.#saw(line),
    });
  }

  get state(): State {
    return this.#state;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  get isInstalling(): boolean {
    return this.#installing;
  }

  get isBusy(): boolean {
    return this.#lock.held;
  }

  /** The function that ends it. */
  listen(listener: (message: Outbound) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  usage(): Usage {
    if (this.#disk.isStale) void this.#disk.measure();
    const idle = idleUsage(this.#state, this.#memoryLimit, this.#disk.bytes);
    const measurement = this.#measurement;
    if (measurement === null || this.#state === 'offline') return idle;
    return {
      ...idle,
      memory_bytes: measurement.memoryBytes,
      cpu_absolute: measurement.cpuPercent,
      uptime: measurement.uptimeMs,
      network: { ...this.#network },
    };
  }

  /** Lines since the last start; none while no process runs. */
  history(): string[] {
    return this.#process === null ? [] : this.#console.replay();
  }

  /** Does the action to its end. `PowerRefusal` says why not; an unknown word is refused like Wings does. */
  async power(action: string): Promise<void> {
    if (this.#installing) throw new PowerRefusal('server is currently installing');
    const release = this.#lock.acquire();
    // A kill takes the lock too where it can, but does not wait for it.
    if (release === null && action !== 'kill') throw new PowerBusy();
    try {
      if (action === 'start') await this.#start();
      else if (action === 'stop') await this.#stop(this.#around.tuning.stopLimitMs);
      else if (action === 'restart') {
        await this.#stop(this.#around.tuning.stopLimitMs);
        await this.#boot();
      } else if (action === 'kill') await this.#kill();
      else throw new PowerRefusal('attempting to handle unknown power action');
    } finally {
      release?.();
    }
  }

  /** To the terminal. False where there is no process that could read it. */
  command(text: string): boolean {
    const process = this.#process;
    if (process === null || this.#state === 'offline') return false;
    if (this.#isStopWord(text)) this.#become('stopping');
    for (const line of typedLines(text)) {
      this.#console.echo(line);
      const bytes = typedBytes(line);
      this.#network.rx_bytes += bytes.length;
      process.write(bytes);
    }
    return true;
  }

  /** The whole flow of PROTOCOL 2.8: a running server is stopped first. Tells the panel at the end. */
  async install(): Promise<void> {
    const { panel, tuning, log } = this.#around;
    if (this.#process !== null) {
      await this.#stop(tuning.reinstallStopLimitMs).catch(() => this.#kill());
      await pause(tuning.inspectMs);
    }
    if (this.#disposed || this.#installing) return;
    this.#installing = true;
    this.#tell({ event: 'install started', args: [''] });
    await pause(tuning.createMs);
    const spec = panel.spec(this.uuid);
    let succeeded = false;
    if (spec !== null && !this.#disposed) {
      this.#tell({ event: 'daemon message', args: [DAEMON_TEXT.installing] });
      try {
        const { host } = this.#around;
        this.#installation = runInstallation(host, this.#folder, spec, (line) =>
          this.#tell({ event: 'install output', args: [line] }),
        );
        await this.#installation.ended;
        succeeded = true;
      } catch (cause) {
        log(`${this.uuid}: installation failed: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
    this.#installation = null;
    this.#installing = false;
    // A node that goes down forgets the installation; the panel is not told.
    if (this.#disposed) return;
    await this.#disk.measure();
    panel.installationFinished(this.uuid, succeeded);
    this.#tell({ event: 'install completed', args: [''] });
  }

  measured(measurement: Measurement): void {
    const process = this.#process;
    if (process === null || this.#state === 'offline') return;
    this.#measurement = measurement;
    this.#tell({ event: 'stats', args: [periodicStats(this.usage())] });
    if (this.#memoryLimit > 0 && measurement.memoryBytes > this.#memoryLimit) {
      this.#outOfMemory = true;
      process.kill('SIGKILL');
    }
    void this.#checkDisk();
  }

  measureDisk(): Promise<number> {
    return this.#disk.measure();
  }

  /** The node goes down, or the server is removed: its processes end now, and nobody is told of it. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#installation?.cancel();
    this.#process?.kill('SIGKILL');
    await Promise.all([this.#ended, this.#installation?.ended]);
    this.#listeners.clear();
  }

  async #start(): Promise<void> {
    if (this.#state !== 'offline') throw new PowerRefusal('server is running');
    await this.#boot();
  }

  async #boot(): Promise<void> {
    const { panel, tuning } = this.#around;
    this.#killAtBirth = false;
    await pause(tuning.syncMs);
    const spec = panel.spec(this.uuid);
    if (spec === null) throw new PowerRefusal('unable to sync server data from Panel instance: not found');
    if (spec.suspended) throw new PowerRefusal('server is currently in a suspended state');
    this.#spec = spec;
    if (spec.diskMb > 0) {
      this.#console.daemon(DAEMON_TEXT.diskCheck);
      if ((await this.#disk.measure()) > spec.diskMb * MB) {
        throw new PowerRefusal('filesystem: not enough disk space');
      }
    }
    this.#console.daemon(DAEMON_TEXT.configuration);
    this.#console.daemon(DAEMON_TEXT.permissions);
    // The process never stopped: it only printed its own stop word (PROTOCOL 4.6).
    if (this.#process !== null) return this.#become('running');
    this.#become('starting');
    this.#console.daemon(DAEMON_TEXT.pulling);
    await pause(tuning.pullMs);
    this.#tell({ event: 'install output', args: [`Status: Image is up to date for ${spec.image} `] });
    this.#console.daemon(DAEMON_TEXT.pulled);
    await pause(tuning.createMs);
    if (this.#disposed) return;
    this.#give(spec);
    if (this.#killAtBirth) await this.#kill();
  }

  /** Gives birth to the process. */
  #give(spec: ServerSpec): void {
    const { host, log } = this.#around;
    this.#memoryLimit = memoryLimitBytes(spec.memoryMb);
    this.#network = { rx_bytes: 0, tx_bytes: 0 };
    this.#outOfMemory = false;
    this.#console.begin();
    let process: GameProcess;
    try {
      process = host.spawn(this.#folder, {
        mode: 'play',
        game: spec.game,
        name: spec.name,
        invocation: spec.invocation,
        environment: spec.environment,
      });
    } catch (cause) {
      // Wings takes a start that fails so early for a crash (PROTOCOL 4.6).
      this.#become('offline');
      void this.#crashed(1, false);
      throw new PowerRefusal(cause instanceof Error ? cause.message : String(cause));
    }
    this.#process = process;
    log(`${this.uuid}: process ${process.pid ?? '(not known yet)'} started`);
    process.onOutput((bytes) => {
      // What a network card would count is not known here; the bytes of the process's own streams are.
      this.#network.tx_bytes += bytes.length;
      this.#console.output(bytes);
    });
    this.#ended = new Promise((resolve) => {
      process.onExit(({ code }) => {
        this.#exited(code);
        resolve();
      });
    });
  }

  #exited(code: number): void {
    this.#around.log(`${this.uuid}: process ${this.#process?.pid} ended with ${code}`);
    const before = this.#state;
    this.#process = null;
    this.#measurement = null;
    this.#network = { rx_bytes: 0, tx_bytes: 0 };
    if (this.#disposed) return;
    this.#console.end();
    this.#goOffline();
    if (before === 'starting' || before === 'running') {
      void this.#crashed(this.#outOfMemory ? 137 : code, this.#outOfMemory);
    }
  }

  #goOffline(): void {
    this.#become('offline');
    this.#tell({ event: 'stats', args: [periodicStats(this.usage())] });
  }

  async #crashed(code: number, outOfMemory: boolean): Promise<void> {
    await pause(this.#around.tuning.inspectMs);
    if (this.#disposed) return;
    this.#console.daemon(DAEMON_TEXT.crashed);
    this.#console.daemon(DAEMON_TEXT.exitCode(code));
    this.#console.daemon(DAEMON_TEXT.outOfMemory(outOfMemory));
    if (!this.#crashes.mayRestart()) {
      this.#console.daemon(DAEMON_TEXT.aborting(this.#crashes.windowSeconds));
      return;
    }
    try {
      await this.power('start');
    } catch {
      this.#console.daemon(DAEMON_TEXT.crashUnhandled);
    }
  }

  /** Waits until the process is gone; kills it when that takes too long. Nothing on a stopped server. */
  async #stop(limitMs: number): Promise<void> {
    const process = this.#process;
    if (process === null) return;
    if (this.#state !== 'offline') this.#become('stopping');
    const way = stopWay(this.#spec?.stopValue ?? '^C');
    if (way.kind === 'refused') {
      throw new PowerRefusal(
        `Error response from daemon: cannot kill container: ${this.uuid}: invalid signal: ${way.name}`,
      );
    }
    if (way.kind === 'command') this.command(way.word);
    else process.kill(way.kind === 'signal' ? 'SIGTERM' : 'SIGKILL');
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limitMs);
    });
    if ((await Promise.race([this.#ended, late])) === 'late') process.kill('SIGKILL');
    clearTimeout(timer);
    await this.#ended;
  }

  async #kill(): Promise<void> {
    const process = this.#process;
    if (process === null) {
      // A start that is under way ends as soon as there is something to kill.
      this.#killAtBirth = this.#state === 'starting';
      return;
    }
    this.#become('stopping');
    process.kill('SIGKILL');
    await this.#ended;
  }

  #become(state: State): void {
    if (this.#state === state || this.#disposed) return;
    this.#state = state;
    this.#around.panel.stateChanged(this.uuid, state);
    this.#tell({ event: 'status', args: [state] });
  }

  #saw(line: string): void {
    const spec = this.#spec;
    if (spec === null) return;
    if (this.#state === 'starting' && spec.donePattern !== '' && line.includes(spec.donePattern)) {
      this.#become('running');
      // The folder of a new server was empty before its first boot.
      void this.#disk.measure();
    } else if (this.#state === 'running' && this.#isStopWord(line)) {
      // Printed, not typed: Wings believes that it has stopped, and then that it crashed (PROTOCOL 4.6).
      this.#goOffline();
      void this.#crashed(0, false);
    }
  }

  async #checkDisk(): Promise<void> {
    if (!this.#disk.isStale) return;
    const bytes = await this.#disk.measure();
    const limit = (this.#spec?.diskMb ?? 0) * MB;
    if (limit === 0 || bytes <= limit || this.#state !== 'running') return;
    this.#console.daemon(DAEMON_TEXT.diskExceeded);
    await this.power('stop').catch(() => undefined);
  }

  #isStopWord(text: string): boolean {
    const way = stopWay(this.#spec?.stopValue ?? '^C');
    return way.kind === 'command' && way.word === text;
  }

  #tell(message: Outbound): void {
    for (const listener of this.#listeners) listener(message);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
