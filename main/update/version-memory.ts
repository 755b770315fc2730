import type { Memory } from '../../bridge/schema/memory.js';
import type { Random } from '../base/ports.js';

export interface VersionMemoryDeps {
  readonly memory: {
    readonly current: Pick<Memory, 'updates'>;
    update(change: (now: Memory) => Partial<Memory>): Promise<unknown>;
  };
  readonly random: Random;
}

/** Perch's memory of its versions from one run to the next. */
export class VersionMemory {
  constructor(private readonly deps: VersionMemoryDeps) {}

  get current(): Memory['updates'] {
    return this.deps.memory.current.updates;
  }

  /** If storing fails, the user may get a notification twice. */
  note(what: Partial<Memory['updates']>): void {
    this.deps.memory.update(({ updates }) => ({ updates: { ...updates, ...what } })).catch(() => undefined);
  }

  /** True for a version that was not announced yet. Remembers the version as announced. */
  isNew(version: string): boolean {
    const isNew = this.current.announced !== version;
    if (isNew) this.note({ announced: version });
    return isNew;
  }

  /** Place of this computer in staged roll-outs, 0 to 99; drawn at the first use. */
  rolloutBucket(): number {
    const { rolloutBucket } = this.current;
    if (rolloutBucket !== null) return rolloutBucket;
    const drawn = Math.floor(this.deps.random() * 100);
    this.note({ rolloutBucket: drawn });
    return drawn;
  }
}
