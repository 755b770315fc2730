import type { Change } from '../../bridge/fleet/changes.js';
import { toProblem } from '../../bridge/errors.js';
import type { LastPlanned, PlanRecord } from '../../bridge/schema/backup-plans.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import type { Log } from '../base/ports.js';

export interface PlanRecordsDeps {
  readonly memory: {
    readonly current: Pick<Memory, 'plannedBackups'>;
    update(change: () => Pick<Memory, 'plannedBackups'>): Promise<unknown>;
  };
  readonly log: Log;
}

/** What Perch remembers about the plans, by the server's id in the first account of its panel. */
export class PlanRecords extends Map<string, PlanRecord> {
  #saving: Promise<void> | null = null;

  constructor(private readonly deps: PlanRecordsDeps) {
    super();
  }

  load(): void {
    for (const record of this.deps.memory.current.plannedBackups) this.set(record.serverId, record);
  }

  last(id: string): LastPlanned | null {
    return this.get(id)?.last ?? null;
  }

  /** No-op without a record. */
  note(id: string, last: LastPlanned | null): void {
    const record = this.get(id);
    if (record === undefined) return;
    this.set(id, { ...record, last });
    void this.save();
  }

  forget(change: Change): void {
    if (change.kind === 'server-removed') this.delete(change.serverId);
    if (change.kind === 'account-removed') {
      for (const id of this.keys()) if (id.startsWith(`${change.accountId}/`)) this.delete(id);
    }
  }

  /** Resolves when the records are on disk, or could not be written. Several changes at once are one write. */
  save(): Promise<void> {
    this.#saving ??= this.#save();
    return this.#saving;
  }

  async #save(): Promise<void> {
    const { memory, log } = this.deps;
    await Promise.resolve();
    try {
      await memory.update(() => {
        this.#saving = null;
        return { plannedBackups: [...this.values()].slice(-mostKept.plannedBackups) };
      });
    } catch (error) {
      this.#saving = null;
      log.warn('plans.not-remembered', { code: toProblem(error).code });
    }
  }
}
