/** State, facts and orders of one quiet backup. Pure. */
import type { Problem } from '../../bridge/errors.js';
import type { PowerSignal, PowerState } from '../../bridge/schema/domain.js';
import type {
  QuietMeans,
  QuietRecord,
  QuietStep,
  QuietTrouble,
  WayBack,
} from '../../bridge/schema/quiet-backups.js';
import type { SaveAnswer, SaveLine } from './quiet-means.js';

export interface QuietState {
  readonly means: QuietMeans;
  readonly step: QuietStep;
  /** Counts the attempts. Results of orders of an earlier attempt are ignored. */
  readonly turn: number;
  /** Remaining times in ms that the players are still told; the last is 0, the step after the warnings. */
  readonly warnings: readonly number[];
  /** Whether the first warning was accepted. */
  readonly isWarned: boolean;
  /** True if the console reports lines now, and no older ones. */
  readonly isLive: boolean;
  readonly owed: WayBack;
  /** The game's answer to `save-off`; null = not sent. */
  readonly answer: SaveAnswer | null;
  readonly backup: string | null;
  readonly trouble: QuietTrouble | null;
  readonly problem: Problem | null;
  /** Last known state of the process. */
  readonly power: PowerState | null;
  /** Attempts to bring the server back. */
  readonly tries: number;
}

export type QuietFact =
  /** The order of the current attempt was accepted. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'line'; readonly line: SaveLine }
  | { readonly kind: 'power'; readonly power: PowerState }
  | { readonly kind: 'link'; readonly isLive: boolean }
  /** The console started again, so Perch can't tell earlier lines from new lines. */
  | { readonly kind: 'renewed' }
  | { readonly kind: 'made'; readonly backup: string }
  | { readonly kind: 'ended'; readonly isGood: boolean }
  /** The time of the last `wait` has passed; `isAsleep` = long ago, because the computer slept. */
  | { readonly kind: 'late'; readonly isAsleep: boolean }
  /** The user wants the server back now, or Perch quits. */
  | { readonly kind: 'cancelled' }
  /** The server is no longer in the fleet. */
  | { readonly kind: 'gone' };

export type QuietOrder =
  /** Tells the players; `leftMs` null = no stop follows. */
  | { readonly kind: 'warn'; readonly leftMs: number | null }
  | { readonly kind: 'call-off' }
  | { readonly kind: 'command'; readonly command: 'save-off' | 'save-all flush' | 'save-on' }
  | { readonly kind: 'power'; readonly signal: Extract<PowerSignal, 'stop' | 'start'> }
  | { readonly kind: 'create' }
  /** Reports the end of the backup. */
  | { readonly kind: 'follow'; readonly backup: string }
  /** Reports `late` after `ms`. Replaces an earlier wait; each change of the step ends it. */
  | { readonly kind: 'wait'; readonly ms: number };

export interface Move {
  readonly state: QuietState;
  readonly orders: readonly QuietOrder[];
}

export const quietLimits = {
  warnMs: 30_000,
  /** Time after a reconnect in which lines may still be old ones: `ConsoleIntake` holds them at most this long. */
  settleMs: 4000,
  saveOffMs: 20_000,
  /** A large world takes minutes. */
  flushMs: 600_000,
  stopMs: 300_000,
  createMs: 180_000,
  /** After six hours the panel itself marks a backup without an end as failed (PROTOCOL 2.16.8). */
  backupMs: 6 * 3_600_000 + 600_000,
  /** First and longest time between two attempts to bring the server back. */
  backMs: 20_000,
  longestBackMs: 300_000,
  /** Attempts until Perch leaves the rest to a person, about twelve hours. */
  mostTries: 150,
  /** Attempts after which Perch notifies a person, about two minutes. */
  toldTries: 3,
  /** Attempts that listen for the answer to `save-off`, the second with another `save-off`. */
  askingTries: 2,
  /** After a restart of Perch, only a person decides about an older way back. */
  offeredAfterMs: 12 * 3_600_000,
} as const;

const blank = {
  turn: 0,
  isWarned: false,
  isLive: false,
  owed: null,
  answer: null,
  backup: null,
  trouble: null,
  problem: null,
  tries: 0,
} as const;

/**
 * The state before the first order; `warnings` = remaining times of the countdown before a stop. A stopped server does
 * not write, so it stays as it is.
 */
export function newQuiet(
  wanted: QuietMeans,
  power: PowerState,
  warnings: readonly number[],
): QuietState & { power: PowerState } {
  const means = power === 'offline' ? 'as-is' : wanted;
  return { ...blank, means, power, step: 'warn', warnings: means === 'stop' ? warnings : [] };
}

/** The state after a restart of Perch. `isOld` = only a person decides about the way back. */
export function keptQuiet({ means, owed, backup }: QuietRecord, isOld: boolean): QuietState {
  const step = isOld ? 'stuck' : backup === null ? 'back' : 'wait';
  const answer = owed === 'save-on' ? 'lost' : null;
  return { ...blank, answer, means, owed, backup, step, warnings: [], power: null, trouble: 'interrupted' };
}

/** Enters a step with a new attempt. */
export function entered(state: QuietState, step: QuietStep, orders: readonly QuietOrder[]): Move {
  return { state: { ...state, step, turn: state.turn + 1 }, orders };
}

/** The first trouble stays. */
export function troubled(
  state: QuietState,
  trouble: QuietTrouble,
  problem: Problem | null = null,
): QuietState {
  return state.trouble === null ? { ...state, trouble, problem } : state;
}
