/** What shell, ipc and actions see of the fleet besides its store. */
import type { Account, ConsoleLine, Crash, Link, PowerSignal } from '../../bridge/schema/domain.js';
import type { Problem } from '../../bridge/errors.js';
import type { PanelApi, PanelUser } from '../panel/api.js';
import type { AccountRecord } from '../base/ports.js';

export type { PanelActivity, PowerActivity } from '../panel/api.js';

export interface ConsoleListener {
  /** Comes first, once: what main still remembers. */
  snapshot(lines: readonly ConsoleLine[], link: Link): void;
  lines(lines: readonly ConsoleLine[]): void;
  link(link: Link): void;
  /** A new start: the history that follows replaces what was shown. */
  reset(): void;
}

/** Consoles. Watching one keeps its live session open. */
export interface Consoles {
  /** Returns the function that ends watching. */
  watch(serverId: string, listener: ConsoleListener): () => void;
  /** What a window has yet to draw (`consoleCost`); above 100,000 the session pauses, below 5,000 it resumes (PLATFORM, "Speed"). */
  setBacklog(serverId: string, cost: number): void;
}

/** What actions do with one server of the fleet. */
export interface WatchedServer {
  readonly panel: PanelApi;
  /** Over the socket; false where REST has to do it. */
  sendPowerLive(signal: PowerSignal): boolean;
  sendCommandLive(command: string): boolean;
  /**
   * Resolves once the state in the store is one of now: a live socket tells it, a poll has told it so recently that the
   * panel would say the same, or the panel is asked in its turn. Rejects with `PerchError` where it can't be read.
   */
  look(): Promise<void>;
  /**
   * Resolves when a signal of many may go out: at once where the socket takes it, else in its turn among all calls of the
   * account. Rejects with `rate-limited` where that is not soon.
   */
  turn(): Promise<void>;
  /** When commands that the socket had taken were last given up; -Infinity where none were. */
  readonly commandsLostAt: number;
  /** Marks the server as waiting for this signal, at once. */
  signalSent(signal: PowerSignal): void;
  /** Node or panel have the signal. */
  signalGiven(signal: PowerSignal): void;
  /**
   * Nobody will tell whether the signal arrived: the row says `problem` until reality shows it. False where it is not
   * waited for any more, because reality has shown it already, or a later signal took its place.
   */
  signalUnsure(signal: PowerSignal, problem: Problem): boolean;
  /** These may or may not have arrived. */
  commandsUnsure(commands: readonly string[]): void;
  /** This command was sent before, and nothing has shown since whether it arrived. */
  mayHaveArrived(command: string): boolean;
  /** The person has decided about it. */
  commandSettled(command: string): void;
  /** The signal was refused: ends the waiting. Its sender says why, so the row need not say it again. */
  signalFailed(signal: PowerSignal, problem: Problem): void;
  /** An action of the person has changed what the panel says of this server: it is read again at once. */
  factsAsked(): void;
  /** A verb was refused. What we believed of state or permissions may be wrong: then the server is read again soon. */
  refused(problem: Problem): void;
  /** Asks the panel again and opens a refused session anew. Rejects with `PerchError`. */
  retry(): Promise<void>;
  /** What was in the way of its session is gone: one that waits tries at once. */
  connectNow(): void;
}

/** What log and panel know of a server from before this run. Nothing happens where there is no such server. */
export interface PastCrashes {
  /** It has crashed, or gone offline unseen, and has not run since. `at` = monotonic time. */
  recall(serverId: string, at: number, crash: Crash): void;
  /** It has run since the crash, and somebody has stopped it. */
  stoppedSince(serverId: string): void;
}

/** What actions do with the fleet as a whole. */
export interface WatchedFleet {
  /** null where there is no such server. */
  server(serverId: string): WatchedServer | null;
  account(accountId: string): Account | null;
  /** Throws `not-found` where there is no such account. */
  panelOf(accountId: string): PanelApi;
  /** Begins to watch; an account with the same id is replaced, its servers stay. */
  addAccount(record: AccountRecord, user: PanelUser | null): void;
  removeAccount(accountId: string): Promise<void>;
  /** Asks the panel again at once. Rejects with `PerchError` when it still fails. */
  retryAccount(accountId: string): Promise<void>;
}
