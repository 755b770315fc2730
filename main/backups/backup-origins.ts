import type { BackupOrigin } from '../base/server-fact.js';

/** Backups that are remembered. The oldest are dropped. */
const most = 500;

/** Actions of this run of Perch on backups, so that the event log can name them. */
export class BackupOrigins {
  readonly #made = new Map<string, BackupOrigin>();
  readonly #deleted = new Map<string, BackupOrigin>();
  /** The last restoration, by server id. */
  readonly #restored = new Map<string, BackupOrigin>();

  made(id: string, origin: BackupOrigin): void {
    remember(this.#made, id, origin);
  }

  deletes(id: string, origin: BackupOrigin): void {
    remember(this.#deleted, id, { ...origin, isDeleted: true });
  }

  /** The panel refused the deletion. */
  keeps(id: string): void {
    this.#deleted.delete(id);
  }

  restores(serverId: string, origin: BackupOrigin): void {
    remember(this.#restored, serverId, origin);
  }

  of(id: string): BackupOrigin | null {
    return this.#deleted.get(id) ?? this.#made.get(id) ?? null;
  }

  /** The restoration that now ended, once; null = Perch did not begin it. */
  takeRestoration(serverId: string): BackupOrigin | null {
    const origin = this.#restored.get(serverId) ?? null;
    this.#restored.delete(serverId);
    return origin;
  }
}

function remember(map: Map<string, BackupOrigin>, id: string, origin: BackupOrigin): void {
  map.delete(id);
  map.set(id, origin);
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
