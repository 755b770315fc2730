/**
 * Logs a backup that ended without success: it failed, or somebody deleted it while it was being made. The node reports
 * both in the same way, but the panel's activity lists a deletion (PROTOCOL 2.14).
 */
import type { Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import type { PanelActivity } from '../fleet/api.js';
import type { ServerPast } from './server-past.js';

export interface EndedBackupsDeps {
  readonly clock: Clock;
  readonly past: Pick<ServerPast, 'write'>;
  /** Activity that the panel lists for the server; null if not available now. Never rejects. */
  activityOf(serverId: string): Promise<readonly PanelActivity[] | null>;
}

/** The panel lists a deletion after the node has carried it out, which is also when the backup ends. */
const lookAfterMs = 3000;
/** Tolerated difference between the clocks, and the time to delete large files. */
const aroundMs = 60_000;

export class EndedBackups {
  #cancels: readonly (() => void)[] = [];
  #isStopped = false;

  constructor(private readonly deps: EndedBackupsDeps) {}

  unsuccessful(server: Server): void {
    const { clock } = this.deps;
    const [at, wall] = [clock.now(), clock.wall()];
    const cancel = clock.after(lookAfterMs, () => {
      this.#cancels = this.#cancels.filter((each) => each !== cancel);
      void this.#look(server, at, wall);
    });
    this.#cancels = [...this.#cancels, cancel];
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
  }

  async #look(server: Server, at: number, wall: number): Promise<void> {
    const activity = await this.deps.activityOf(server.id);
    if (this.#isStopped) return;
    const isDeleted =
      activity?.some((entry) => 'deletes' in entry && Math.abs(entry.at - wall) <= aroundMs) ?? false;
    const what = { kind: 'backup', isSuccessful: false } as const;
    this.deps.past.write(server, isDeleted ? { ...what, isDeleted } : what, at);
  }
}
