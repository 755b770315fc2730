/** A restoration that this window began, followed to its end also while other views are shown. */
import type { Backup } from '../../../bridge/schema/backups.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** `asked` = the panel agreed, and no sign of the work has come yet. */
export type RestorationPhase = 'asked' | 'restoring' | 'ended' | 'failed';

export class Restoration {
  readonly sending = new Task();
  #begun = $state.raw<{ readonly name: string; readonly at: number } | null>(null);
  /** Whether the panel has shown the restoration as its server's state. */
  #isSeen = $state(false);

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    private readonly wall: () => number,
  ) {}

  /** Name of the backup; null if no restoration is followed. */
  get name(): string | null {
    return this.#begun?.name ?? null;
  }

  /** Asks the panel. Resolves with whether the panel agreed. */
  async begin(backup: Backup, truncate: boolean): Promise<boolean> {
    const at = this.wall();
    const done = await this.sending.run(() =>
      this.client.call('backups.restore', { serverId: this.serverId, backup: backup.id, truncate }),
    );
    if (done !== null) this.#follow(backup.name, at);
    return done !== null;
  }

  /** The answer was lost, but the panel shows the restoration. */
  foundUnderWay(backup: Backup): void {
    this.sending.problem = null;
    this.#follow(backup.name, this.wall());
  }

  /** Follows the server's condition. */
  follow({ condition }: Pick<Server, 'condition'>): void {
    if (this.#begun !== null && condition === 'restoring') this.#isSeen = true;
  }

  /** Phase of the restoration; null if nothing is followed. `events` = newest events of all servers. */
  phase({ condition }: Pick<Server, 'condition'>, events: readonly HistoryEvent[]): RestorationPhase | null {
    if (this.#begun === null) return null;
    const { at } = this.#begun;
    const end = events.find(
      (event) => event.serverId === this.serverId && event.what.kind === 'restored' && event.at >= at,
    );
    if (condition === 'restoring') return 'restoring';
    if (end?.what.kind === 'restored' && end.what.isSuccessful === false) return 'failed';
    return end !== undefined || this.#isSeen ? 'ended' : 'asked';
  }

  /** Ends the following. */
  dismiss(): void {
    this.#begun = null;
    this.#isSeen = false;
  }

  #follow(name: string, at: number): void {
    this.#begun = { name, at };
    this.#isSeen = false;
  }
}
