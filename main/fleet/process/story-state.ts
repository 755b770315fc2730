/** The state of a process' story, and what goes into it and comes out of it. Pure. */
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { Crash } from '../../../bridge/schema/process-end.js';
import type { SentSignal } from './sent-signals.js';
import type { Sighting } from './unseen-end.js';

/** Facts about the process of one server. */
export type ProcessInput =
  /** State from the socket. May be old while the socket is not live (again). */
  | { readonly kind: 'state'; readonly power: PowerState; readonly isLive: boolean }
  /** Usage from the socket. `uptimeMs` = age of the process; 0 = unknown. */
  | { readonly kind: 'usage'; readonly uptimeMs: number }
  /** State from the panel, up to `panelCacheMs` old. */
  | { readonly kind: 'poll'; readonly power: PowerState; readonly uptimeMs: number }
  /** Crash lines, from Wings or from a game that imitates them. */
  | { readonly kind: 'lines'; readonly crash: Crash }
  /** The link changed. Also told when it becomes live: the last state may date from before sleep. */
  | { readonly kind: 'link'; readonly isLive: boolean }
  /** The node deleted the server, which explains its end. */
  | { readonly kind: 'deleted' }
  /** The last state is no longer valid. */
  | { readonly kind: 'forgotten' }
  /** `dueAt` is reached. */
  | { readonly kind: 'time' };

/** Facts for the rules besides the story. */
export interface Moment {
  /** Monotonic time. */
  readonly now: number;
  /** The user's signals, oldest first. */
  readonly sent: readonly SentSignal[];
  /** True if the host suspended the server, or is installing or moving it: an end is then expected. */
  readonly isClosed: boolean;
}

/** A crash, and the monotonic time at which it was seen. */
export interface CrashReport {
  readonly at: number;
  readonly crash: Crash;
}

/** An end that the socket reported, and the monotonic time of the report. */
interface SeenEnd {
  readonly at: number;
  /** True if somebody stopped the server: `offline` came after `stopping`. */
  readonly isAsked: boolean;
  /** Monotonic time of the start after the end; null = no start yet. */
  readonly startedAt: number | null;
  /** True if lines of this end were believed already. */
  readonly isTold: boolean;
}

export interface Story {
  /** The last state of this connection; null = none so far. */
  readonly power: PowerState | null;
  /** Monotonic time of the last state or usage of the socket. */
  readonly heardAt: number;
  /** Age of the process in the last usage of this connection. */
  readonly uptimeMs: number;
  /** The last signal of the user before the start of this process. */
  readonly earlierId: number;

  // Crash lines
  readonly end: SeenEnd | null;
  /** Lines printed while the process existed. */
  readonly early: CrashReport | null;
  /** Lines that count at `dueAt`. `isAfterEnd` = printed after the end, which may still prove false. */
  readonly waiting: (Due & { readonly isAfterEnd: boolean }) | null;

  // Ends without crash lines
  /** End in doubt. `startedAt` = monotonic time of the start after it. */
  readonly doubt: Pick<SeenEnd, 'at' | 'startedAt'> | null;
  /** Unseen end that counts at `dueAt`. */
  readonly unseen: Due | null;
  /** Monotonic time of the last crash on a live socket. */
  readonly crashedAt: number;

  // Gaps
  /** The last certain sighting. */
  readonly known: Sighting | null;
  /** Monotonic time of the first sighting. */
  readonly firstAt: number;
  /** True if no change was seen since `known`. */
  readonly isGap: boolean;
  /**
   * True if a new socket reports that the server runs, as before the gap. The process age has yet to show whether the
   * process is the same.
   */
  readonly awaitsAge: boolean;
  /** The last signal of the user that has had its effect. */
  readonly doneId: number;

  /** Crashes and unseen ends that the last input has shown. */
  readonly crashes: readonly CrashReport[];
}

/** A crash that counts at `dueAt` unless something else explains the end until then. */
type Due = CrashReport & { readonly dueAt: number };

export const newStory: Story = {
  power: null,
  heardAt: -Infinity,
  uptimeMs: 0,
  earlierId: 0,
  end: null,
  early: null,
  waiting: null,
  doubt: null,
  unseen: null,
  crashedAt: -Infinity,
  known: null,
  firstAt: 0,
  isGap: true,
  awaitsAge: false,
  doneId: 0,
  crashes: [],
};
