import type { QuietRecord } from '../../bridge/schema/quiet-backups.js';
import type { Log, QuietStore } from '../base/ports.js';
import type { QuietRun } from './quiet-run.js';

/** Records of quiet backups on the disk. */
export class QuietRecords {
  #saved: Promise<void> = Promise.resolve();

  constructor(private readonly deps: { readonly kept: QuietStore; readonly log: Log }) {}

  load(): Promise<readonly QuietRecord[]> {
    return this.deps.kept.load();
  }

  /** Rejects if the disk refuses it; the log has that as well. */
  save(runs: Iterable<QuietRun>): Promise<void> {
    const records = [...runs].flatMap(({ record }) => record ?? []);
    this.#saved = this.deps.kept.save(records);
    this.#saved.catch((error: unknown) =>
      this.deps.log.warn('quiet-backups.unsaved', { error: String(error) }),
    );
    return this.#saved;
  }

  /** Resolves once the last save is over, whatever came of it. */
  async settled(): Promise<void> {
    await this.#saved.catch(() => undefined);
  }
}
