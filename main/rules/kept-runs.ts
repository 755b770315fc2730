/** Writes the state of all runs: one file, one write at a time, and the newest state each time. */
import type { KeptRule } from '../../bridge/schema/rule-runs.js';
import type { Log, RuleRunStore } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';

export class KeptRuns {
  readonly #writes = new SerialQueue();
  /** The write that has not begun; it will have every change until then. */
  #next: Promise<void> | null = null;

  constructor(
    private readonly deps: { readonly store: RuleRunStore; readonly log: Log },
    private readonly state: () => readonly KeptRule[],
  ) {}

  /** Whether the state on disk belongs to a newer Perch. Call after `load`. */
  get isNewer(): boolean {
    return this.deps.store.isNewer;
  }

  load(): Promise<readonly KeptRule[]> {
    return this.deps.store.load();
  }

  /** Resolves when the disk has everything up to now. Rejects with `PerchError`; nobody has to wait. */
  save(): Promise<void> {
    if (this.#next !== null) return this.#next;
    const next = this.#writes.run(() => {
      this.#next = null;
      return this.deps.store.save(this.state());
    });
    next.catch(() => this.deps.log.warn('rules.runs-unwritten'));
    this.#next = next;
    return next;
  }

  /** Resolves when no write is under way. Never rejects. */
  settled(): Promise<void> {
    return this.#writes.idle();
  }
}
