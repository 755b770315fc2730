/** The work of a bulk run for one server: a power signal, a backup, or a message to the players. */
import type { BulkAction, BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { FollowedBackup } from '../../backups/back-up-whole.js';
import { backedUp, notBackedUp } from './bulk-outcome.js';

export interface BulkWorkDeps {
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  backUp(serverId: string, quietly: boolean): Promise<FollowedBackup>;
  /** Sends a message to the players. Rejects with `PerchError`. */
  tellPlayers(serverId: string, text: string): Promise<void>;
}

/** What a run does besides its order, see `bulk.start`. */
export interface BulkChoices {
  readonly waitsForEach?: boolean;
  readonly quietly?: boolean;
  readonly text?: string | undefined;
}

/**
 * Pause after a message, in ms. A message strains no node, so the user's pause between servers does not apply; other work
 * of main has its turn between two messages.
 */
const messagePauseMs = 20;

/** The pause between two servers of a run, in ms. `usual` = the user's. */
export function pauseOf(action: BulkAction, usual: number): number {
  return action === 'message' ? messagePauseMs : usual;
}

export class BulkWork {
  /** Ends the listening for the ends of backups. */
  readonly #endings = new Set<() => void>();

  constructor(private readonly deps: BulkWorkDeps) {}

  /**
   * Resolves when the panel or node has accepted the request, and rejects with `PerchError`. `over` is called once the
   * backup has ended or the message was sent; the state of the server shows the end of a signal.
   */
  async carryOut(
    serverId: string,
    { action, text = '' }: Pick<BulkRun, 'action' | 'text'>,
    quietly: boolean,
    over: (outcome: Pick<BulkItem, 'outcome' | 'problem'>) => void,
  ): Promise<void> {
    const { backUp, sendPower, tellPlayers } = this.deps;
    if (action === 'message') {
      await tellPlayers(serverId, text);
      return over({ outcome: 'done', problem: null });
    }
    if (action !== 'back-up') return sendPower(serverId, action);
    const { ended, stop } = await backUp(serverId, quietly);
    this.#endings.add(stop);
    void ended.then(backedUp, notBackedUp).then((outcome) => {
      this.#endings.delete(stop);
      stop();
      over(outcome);
    });
  }

  stop(): void {
    for (const stop of this.#endings) stop();
    this.#endings.clear();
  }
}
