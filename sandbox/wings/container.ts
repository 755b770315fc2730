import type { DiskIo, ServerSpec, State, Usage } from './api.js';
import { noDiskIo, readDiskIo } from './disk-io.js';
import type { GameHost, GameProcess } from './game-host.js';
import type { Measurement } from './meter.js';
import { lacksImage } from '../games/ailments.js';
import { queryLine } from '../games/orders.js';
import type { QueryFaults } from '../games/query/queried-game.js';
import { idleUsage, memoryLimitBytes } from './usage.js';

export interface ContainerDeps {
  folder: string;
  host: GameHost;
  /** Whether the usage includes `disk_io`. */
  hasDiskIo: boolean;
  log: (line: string) => void;
  output: (bytes: Buffer) => void;
  /** Called when the process is gone and its counters were reset. */
  exited: (end: { code: number; outOfMemory: boolean }) => void;
}

/** Place where the process of a server runs, one at a time, with its memory limit and counters. */
export class Container {
  #process: GameProcess | null = null;
  #ended: Promise<void> = Promise.resolve();
  #outOfMemory = false;
  /** 0 before the first start; a stop does not reset it (PROTOCOL 4.5). */
  #memoryLimit = 0;
  #measurement: Measurement | null = null;
  #network = { rx_bytes: 0, tx_bytes: 0 };
  #diskIo: DiskIo = noDiskIo;
  #queryFaults: QueryFaults = {};

  constructor(private readonly deps: ContainerDeps) {}

  get isUp(): boolean {
    return this.#process !== null;
  }

  get pid(): number | null {
    return this.#process?.pid ?? null;
  }

  /** Resolves when no process is left. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Throws if the process can't be started. */
  run(spec: ServerSpec): void {
    const { folder, host, log, output, exited } = this.deps;
    if (lacksImage(folder, spec)) throw new Error(missing(spec.image));
    this.#memoryLimit = memoryLimitBytes(spec.memoryMb);
    this.#outOfMemory = false;
    this.#countAgain();
    const process = host.spawn(folder, {
      mode: 'play',
      game: spec.game,
      name: spec.name,
      invocation: spec.invocation,
      image: spec.image,
      environment: spec.environment,
      query: this.#queryFaults,
    });
    this.#process = process;
    log(`process ${process.pid ?? '(not known yet)'} started`);
    process.onOutput((bytes) => {
      // The traffic of a network card is unknown, so the bytes of the process's own streams count instead.
      this.#network.tx_bytes += bytes.length;
      output(bytes);
    });
    this.#ended = new Promise((resolve) => {
      process.onExit(({ code }) => {
        log(`process ${this.pid} ended with ${code}`);
        this.#process = null;
        this.#countAgain();
        exited({ code: this.#outOfMemory ? 137 : code, outOfMemory: this.#outOfMemory });
        resolve();
      });
    });
  }

  type(bytes: Buffer): void {
    this.#network.rx_bytes += bytes.length;
    this.#process?.write(bytes);
  }

  /** Replaces the faults of the game's answers to queries, until the node goes down. */
  disturbQueries(faults: QueryFaults): void {
    this.#queryFaults = faults;
    this.#process?.write(Buffer.from(queryLine(faults), 'utf8'));
  }

  kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    this.#process?.kill(signal);
  }

  measured(measurement: Measurement): void {
    this.#measurement = measurement;
    if (this.deps.hasDiskIo) void this.#measureDiskIo();
  }

  /** Kills the process if it exceeds its memory limit. */
  limitMemory(): void {
    const used = this.#measurement?.memoryBytes ?? 0;
    if (this.#memoryLimit === 0 || used <= this.#memoryLimit) return;
    this.#outOfMemory = true;
    this.kill('SIGKILL');
  }

  usage(state: State, diskBytes: number): Usage {
    const measurement = state === 'offline' ? null : this.#measurement;
    return {
      ...idleUsage(state, this.#memoryLimit, diskBytes),
      ...(this.deps.hasDiskIo ? { disk_io: measurement === null ? noDiskIo : this.#diskIo } : {}),
      ...(measurement === null
        ? {}
        : {
            memory_bytes: measurement.memoryBytes,
            cpu_absolute: measurement.cpuPercent,
            uptime: measurement.uptimeMs,
            network: { ...(measurement.network ?? this.#network) },
          }),
    };
  }

  #countAgain(): void {
    this.#measurement = null;
    this.#network = { rx_bytes: 0, tx_bytes: 0 };
    this.#diskIo = noDiskIo;
  }

  async #measureDiskIo(): Promise<void> {
    const process = this.#process;
    if (process?.pid === undefined || process.pid === null) return;
    const diskIo = await readDiskIo(process.pid);
    if (this.#process === process) this.#diskIo = diskIo;
  }
}

/** In the words of Wings, for clients that may read it. */
function missing(image: string): string {
  return `environment/docker: failed to pull "${image}" image for server: Error response from daemon: manifest unknown`;
}
