import pidusage from 'pidusage';

/** What the operating system says of a process. */
export interface Measurement {
  /** 100 = one core. */
  cpuPercent: number;
  memoryBytes: number;
  uptimeMs: number;
}

/** A process whose usage is wanted. */
export interface Measured {
  /** Null while it has no process. */
  readonly pid: number | null;
  measured(measurement: Measurement): void;
}

/** Measures all processes of a node about once a second, in one question to the system. */
export class Meter {
  readonly #everyMs: number;
  readonly #subjects: () => Iterable<Measured>;
  readonly #log: (line: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #busy = false;

  constructor(everyMs: number, subjects: () => Iterable<Measured>, log: (line: string) => void) {
    this.#everyMs = everyMs;
    this.#subjects = subjects;
    this.#log = log;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#tick(), this.#everyMs);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    pidusage.clear();
  }

  async #tick(): Promise<void> {
    // On some systems an answer takes longer than a second; a second question would only make it slower.
    if (this.#busy) return;
    this.#busy = true;
    try {
      const subjects = new Map<number, Measured>();
      for (const subject of this.#subjects()) if (subject.pid !== null) subjects.set(subject.pid, subject);
      if (subjects.size === 0) return;
      const found: Record<string, pidusage.Status | null | undefined> = await pidusage([...subjects.keys()]);
      for (const [pid, subject] of subjects) {
        const status = found[pid];
        // The process may have ended meanwhile, and its place may have a new one.
        if (status === null || status === undefined || subject.pid !== pid) continue;
        subject.measured({
          cpuPercent: Math.round(status.cpu * 1000) / 1000,
          memoryBytes: status.memory,
          uptimeMs: Math.max(0, Math.round(status.elapsed)),
        });
      }
    } catch (cause) {
      this.#log(`usage could not be measured: ${cause instanceof Error ? cause.message : String(cause)}`);
    } finally {
      this.#busy = false;
    }
  }
}
