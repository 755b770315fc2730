import { newProblem, type Problem } from '../../bridge/errors.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { QuietBackup, QuietRecord, WayBack } from '../../bridge/schema/quiet-backups.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { Move, QuietState } from './quiet-state.js';

/** A backup that the user wants. */
export interface WantedBackup {
  readonly serverId: string;
  readonly name: string;
  readonly ignored: readonly string[];
  readonly locked: boolean;
  /** Perch makes the backup by a rule of the user. */
  readonly isByRule?: true;
}

export const busy = newProblem('conflict', sentence('quiet.busy'));
export const unsettled = newProblem('conflict', sentence('quiet.unsettled'));
export const unmade = newProblem('conflict', sentence('quiet.unmade'));

/** The server of a quiet backup is not back. */
export function notBack(owed: NonNullable<WayBack>): Problem {
  return newProblem('conflict', sentence(`quiet.still-${owed}`), sentence(`quiet.owed-${owed}-next`));
}

/** Whether the server is gone from its panel, or its account was removed. */
export function isGone({ accounts, servers }: FleetState, serverId: string): boolean {
  const account = accounts.get(serverId.slice(0, serverId.indexOf('/')));
  return servers.get(serverId) === undefined && (account === undefined || account.state.kind === 'ready');
}

/** One quiet backup with its timer and its listeners. */
export class QuietRun {
  readonly alarm: Alarm;
  /** The backup once the panel has begun it. */
  backup: Backup | null = null;
  /** True after a restart of Perch, until the state of the server is known. */
  isAsleep: boolean;
  /** True once Perch notified a person that the server is not back yet. */
  isTold = false;
  /** Wall-clock time at which the step began. */
  at: number;
  readonly #ends: (() => void)[] = [];

  constructor(
    private readonly clock: Clock,
    readonly wanted: WantedBackup,
    public state: QuietState,
    kept: QuietRecord | null,
  ) {
    this.alarm = new Alarm(clock);
    this.isAsleep = kept !== null;
    this.at = kept?.at ?? clock.wall();
  }

  get isOver(): boolean {
    return this.state.step === 'over';
  }

  take({ state }: Move): void {
    if (state.turn !== this.state.turn) this.alarm.clear();
    if (state.step !== this.state.step && !this.isAsleep) this.at = this.clock.wall();
    this.state = state;
  }

  /** `end` runs when the quiet backup is over. */
  untilOver(end: () => void): void {
    this.#ends.push(end);
  }

  end(): void {
    this.alarm.clear();
    for (const end of this.#ends.splice(0)) end();
  }

  get shown(): QuietBackup {
    const { means, step, owed, backup, trouble, problem } = this.state;
    return { serverId: this.wanted.serverId, means, step, owed, backup, trouble, problem };
  }

  /** null = no step remains. */
  get record(): QuietRecord | null {
    const { means, owed, backup } = this.state;
    return owed === null ? null : { serverId: this.wanted.serverId, means, owed, backup, at: this.at };
  }
}
