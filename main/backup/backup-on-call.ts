import type { BackupPreview } from '../../bridge/schema/backup.js';
import type { Backup, BackupDeps } from './backup.js';

/** Export and import, loaded at first use, because few people need them. */
export class BackupOnCall {
  #backup: Promise<Backup> | null = null;

  constructor(private readonly deps: BackupDeps) {}

  async text(): Promise<string> {
    return (await this.#get()).text();
  }

  async look(text: string): Promise<BackupPreview> {
    return (await this.#get()).look(text);
  }

  async apply(): Promise<void> {
    return (await this.#get()).apply();
  }

  #get(): Promise<Backup> {
    return (this.#backup ??= import('./backup.js').then(({ Backup }) => new Backup(this.deps)));
  }
}
