import type { Backup } from '../../bridge/schema/backups.js';
import { PerchError } from '../../bridge/errors.js';
import { aProblem } from './a-problem.js';

export function aBackup(id: string, fields: Partial<Backup> = {}): Backup {
  return {
    id,
    name: `Backup ${id}`,
    state: 'good',
    locked: false,
    bytes: 1000,
    sha1: 'a'.repeat(40),
    ignored: [],
    createdAt: 1000,
    completedAt: 2000,
    bySchedule: null,
    ...fields,
  };
}

export function aRunningBackup(id: string, fields: Partial<Backup> = {}): Backup {
  return aBackup(id, { state: 'running', bytes: 0, sha1: null, completedAt: null, ...fields });
}

/** Backups of the server of a `FakePanel`. */
export class FakeBackups {
  list: Backup[] = [];
  /** True if the panel makes a backup, but its answer is lost. */
  losesAnswer = false;
  /** False if the panel does not say the number of pages. */
  saysPages = true;
  #count = 0;

  constructor(private readonly now: () => number) {}

  all(): { backups: Backup[]; used: number } {
    const backups = this.list.toSorted((one, other) => (other.createdAt ?? 0) - (one.createdAt ?? 0));
    return { backups, used: backups.filter(({ state }) => state !== 'failed').length };
  }

  /** Oldest first, at most 50 on a page (PROTOCOL 2.16.2). */
  page(number: number) {
    const { backups, used } = this.all();
    const shown = backups.toReversed().slice((number - 1) * 50, number * 50);
    return {
      backups: shown,
      count: shown.length,
      unread: 0,
      used,
      totalPages: this.saysPages ? Math.max(1, Math.ceil(backups.length / 50)) : null,
    };
  }

  find(id: string): Backup {
    const found = this.list.find((backup) => backup.id === id);
    if (found === undefined) throw new PerchError(aProblem('not-found'));
    return found;
  }

  create({ name, ignored, locked }: { name: string; ignored: readonly string[]; locked: boolean }): Backup {
    const id = `b${++this.#count}`;
    const backup = aRunningBackup(id, {
      name: name || 'Backup at noon',
      ignored,
      locked,
      createdAt: this.now(),
    });
    this.list.push(backup);
    if (this.losesAnswer) throw new PerchError(aProblem('timeout', { maybeDone: true }));
    return backup;
  }

  change(id: string, fields: Partial<Backup>): Backup {
    const changed = { ...this.find(id), ...fields };
    this.list = this.list.map((backup) => (backup.id === id ? changed : backup));
    return changed;
  }

  remove(id: string): void {
    this.find(id);
    this.list = this.list.filter((backup) => backup.id !== id);
  }
}
