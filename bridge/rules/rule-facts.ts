/**
 * Values that the conditions of rules use at one moment, each with source and age. Pure.
 *
 * Main and windows fill these facts, so that a condition says the same while it is edited and when it counts.
 */
import type { PowerState } from '../schema/domain.js';
import type { RuleFigure } from '../schema/rule-parts.js';

/** Where a value comes from. `panel` for players has an unknown age. */
type ReadingSource = 'node' | 'panel' | 'query' | 'console' | 'clock' | 'window' | 'perch';

/** A value from a source. `seenAt` = when; monotonic time of main in ms. */
export interface Reading<T> {
  readonly value: T;
  readonly source: ReadingSource;
  readonly seenAt: number;
}

/** null = the value is unknown. */
export interface RuleServer {
  readonly power: Reading<PowerState> | null;
  /** The last state before the node was lost; null = the node was not lost, or is back for long. */
  readonly before: Reading<PowerState> | null;
  /** When the present process began, as far as Perch knows; null = it does not run, or nobody knows. */
  readonly startedAt: number | null;
  /** Whether Perch does something with the server, except for runs of this rule (null = no rule asks). */
  isBusy(exceptRule: string | null): boolean;
  /** Percent of the server's limit, number of players, hours since the start of the process. */
  readonly figures: Readonly<Partial<Record<RuleFigure, Reading<number>>>>;
  /** Places from the source of the number of players; null = unknown. */
  readonly slots: number | null;
}

export interface RuleMoment {
  /** Monotonic time of main in ms. */
  readonly now: number;
  /** The local clock: 0 = Monday, and minutes since midnight. */
  readonly clock: { readonly weekday: number; readonly minute: number };
  /** Whether a person looks at a window of Perch; null = unknown. */
  readonly isWatched: boolean | null;
  /** undefined = the server is not in the fleet. */
  readonly server: (id: string) => RuleServer | undefined;
  /** The rule that asks; its own runs do not make a server busy. */
  readonly ruleId?: string;
}
