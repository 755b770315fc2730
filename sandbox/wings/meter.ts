import pidusage from 'pidusage';

/** Usage of a process from the operating system. */
export interface Measurement {
  /** 100 = one core. */
  cpuPercent: number;
  memoryBytes: number;
  uptimeMs: number;
  /** Only for simulated games; for a process only its own streams are known. */
  network?: { rx_bytes: number; tx_bytes: number };
}

/** A process to measure. */
export interface Measured {
  /** null = no process. */
  readonly pid: number | null;
  measured(measurement: Measurement): void;
}

/** Usage of these processes, read in one go; ended processes are left out. */
export type Gauge = (pids: readonly number[]) => Promise<ReadonlyMap<number, Measurement>>;

/** Usage from the operating system. */
export const systemGauge: Gauge = async (pids) => {
  const found: Record<string, pidusage.Status | null | undefined> = await pidusage([...pids]);
  return new Map(
    pids.flatMap((pid): [number, Measurement][] => {
      const status = found[pid];
      return status === null || status === undefined ? [] : [[pid, measurementOf(status)]];
    }),
  );
};

function measurementOf({ cpu, memory, elapsed }: pidusage.Status): Measurement {
  return {
    cpuPercent: Math.round(cpu * 1000) / 1000,
    memoryBytes: memory,
    uptimeMs: Math.max(0, Math.round(elapsed)),
  };
}

/** Measures all processes of a node about once a second, in one go. */
export class Meter {
  #timer: NodeJS.Timeout | null = null;
  #busy = false;

  constructor(
    private readonly gauge: Gauge,
    private readonly everyMs: number,
    private readonly subjects: () => Iterable<Measured>,
    private readonly log: (line: string) => void,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => void this.#tick(), this.everyMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    pidusage.clear();
  }

  async #tick(): Promise<void> {
    // On some systems a measurement takes longer than a second, and a second one would slow it down.
    if (this.#busy) return;
    this.#busy = true;
    try {
      const subjects = new Map<number, Measured>();
      for (const subject of this.subjects()) if (subject.pid !== null) subjects.set(subject.pid, subject);
      if (subjects.size === 0) return;
      const found = await this.gauge([...subjects.keys()]);
      for (const [pid, subject] of subjects) {
        const measurement = found.get(pid);
        // The process may have ended meanwhile, and the server may have a new one.
        if (measurement !== undefined && subject.pid === pid) subject.measured(measurement);
      }
    } catch (cause) {
      this.log(`usage could not be measured: ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      this.#busy = false;
    }
  }
}
