import type { Backup, BackupDeps } from './backup.js';

/** Export and import, loaded at first use, because few people need them. */
export function backupOnCall(deps: BackupDeps) {
  let loaded: Promise<Backup> | null = null;
  const backup = (): Promise<Backup> =>
    (loaded ??= import('./backup.js').then(({ Backup }) => new Backup(deps)));
  return {
    text: async () => (await backup()).text(),
    look: async (text: string) => (await backup()).look(text),
    apply: async () => (await backup()).apply(),
  };
}
