/**
 * The work of a bulk run for one server: a signal, a backup, a message to the players, a schedule, or somebody's
 * access.
 */
import type { BulkAction, BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { SharedAccess } from '../../../bridge/schema/people.js';
import type { FollowedBackup } from '../../backups/back-up-whole.js';
import type { WholeSchedule } from '../../../bridge/schedules/whole.js';
import type { BegunCopies } from '../servers/copy-schedule.js';
import { backedUp, notBackedUp } from './bulk-outcome.js';

export interface BulkWorkDeps {
  sendPower(serverId: string, signal: PowerSignal): Promise<void>;
  backUp(serverId: string, quietly: boolean): Promise<FollowedBackup>;
  /** Sends a message to the players. Rejects with `PerchError`. */
  tellPlayers(serverId: string, text: string): Promise<void>;
  /** Gives a server a schedule, once. Rejects with `PerchError`. */
  copySchedule(
    serverId: string,
    copy: { readonly wanted: WholeSchedule; readonly begun: BegunCopies },
  ): Promise<void>;
  /** Gives or takes somebody's access to a server, once. Rejects with `PerchError`. */
  setAccess(serverId: string, access: SharedAccess): Promise<void>;
}

/** Options of a run besides its order, see `bulk.start`. */
export interface BulkChoices {
  readonly waitsForEach?: boolean;
  readonly quietly?: boolean;
  readonly text?: string | undefined;
  readonly schedule?: WholeSchedule | undefined;
  readonly access?: SharedAccess | undefined;
}

/**
 * Pause after a message, a copy or a change of access, in ms. None strains a node, so the user's pause between servers
 * does not apply; other work of main has its turn between two of them.
 */
const lightPauseMs = 20;
const light: ReadonlySet<BulkAction> = new Set<BulkAction>([
  'message',
  'copy-schedule',
  'give-access',
  'take-access',
]);

/** The pause between two servers of a run, in ms. `usual` = the user's. */
export function pauseOf(action: BulkAction, usual: number): number {
  return light.has(action) ? lightPauseMs : usual;
}

export class BulkWork {
  #schedule: WholeSchedule | null = null;
  #access: SharedAccess | null = null;
  readonly #begun: BegunCopies = new Map();
  /** Ends the listening for the ends of backups. */
  readonly #endings = new Set<() => void>();

  constructor(private readonly deps: BulkWorkDeps) {}

  /** A new run begins; its copies are of this schedule, and this is the access that it gives or takes. */
  start({ schedule, access }: Pick<BulkChoices, 'schedule' | 'access'>): void {
    this.#schedule = schedule ?? null;
    this.#access = access ?? null;
    this.#begun.clear();
  }

  /**
   * Resolves when the panel or node has accepted the request, and rejects with `PerchError`. Calls `over` once the backup
   * has ended, the message was sent, or the server has the schedule or the access. The state of the server shows the end
   * of a signal.
   */
  async carryOut(
    serverId: string,
    { action, text = '' }: Pick<BulkRun, 'action' | 'text'>,
    quietly: boolean,
    over: (outcome: Pick<BulkItem, 'outcome' | 'problem'>) => void,
  ): Promise<void> {
    const { backUp, copySchedule, sendPower, setAccess, tellPlayers } = this.deps;
    if (action === 'message') {
      await tellPlayers(serverId, text);
      return over({ outcome: 'done', problem: null });
    }
    if (action === 'copy-schedule') {
      if (this.#schedule === null) throw new Error('A run of copies has no schedule.');
      await copySchedule(serverId, { wanted: this.#schedule, begun: this.#begun });
      return over({ outcome: 'done', problem: null });
    }
    if (action === 'give-access' || action === 'take-access') {
      if (this.#access === null) throw new Error('A run about access has none.');
      await setAccess(serverId, this.#access);
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
