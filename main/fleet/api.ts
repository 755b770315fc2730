/** Interface of the fleet for shell, ipc, events and actions, besides its store. */
import type { Account, Link, PowerSignal } from '../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import type { Problem } from '../../bridge/errors.js';
import type { PlayersOnline, Reach } from '../../bridge/schema/players.js';
import type { PanelApi, PanelUser } from '../panel/api.js';
import type { AccountRecord } from '../base/ports.js';

export { lacksRoute } from '../panel/api.js';
export type { BackupActivity, PanelActivity, PowerActivity } from '../panel/api.js';

export interface ConsoleListener {
  /** Comes first, and once, with the remembered lines. */
  snapshot(lines: readonly ConsoleLine[], link: Link): void;
  lines(lines: readonly ConsoleLine[]): void;
  link(link: Link): void;
  /** A new session starts: the history that follows replaces the shown lines. */
  reset(): void;
}

/** Consoles of all servers. Watching a console keeps its session live. */
export interface Consoles {
  /** Returns the function that ends watching. */
  watch(serverId: string, listener: ConsoleListener): () => void;
  /**
   * Sets the cost of lines that a window has not drawn yet (`consoleCost`). Above 100,000 the session pauses; below
   * 5,000 it resumes (PLATFORM, "Speed").
   */
  setBacklog(serverId: string, cost: number): void;
}

/** The user's commands to one server that may or may not have arrived. */
export interface OrderedCommands {
  /** Monotonic time at which accepted commands were last dropped; -Infinity = never. */
  readonly lostAt: number;
  /** Nobody knows whether these commands arrived. */
  add(commands: readonly string[]): void;
  /** True if this command was sent before and nobody knows whether it arrived. */
  mayHaveArrived(command: string): boolean;
  /** The user decided about the unsure command. */
  settle(command: string): void;
}

/** The user's signals and commands to one server, and their fate. */
export interface Orders {
  readonly commands: OrderedCommands;
  /** The user sends this command. A stop word may end the process. */
  commandSent(command: string): void;
  /** Marks the server as waiting for this signal, at once. */
  signalSent(signal: PowerSignal): void;
  /** The node or panel has accepted the signal. */
  signalGiven(signal: PowerSignal): void;
  /**
   * Nobody knows whether the signal arrived: the row shows `problem` until the server's state shows the outcome.
   * Returns false if the signal no longer waits, because the state already shows the outcome or a later signal
   * replaced it.
   */
  signalUnsure(signal: PowerSignal, problem: Problem): boolean;
  /** The signal was refused: ends the waiting. The caller shows the reason, so the row does not. */
  signalFailed(signal: PowerSignal, problem: Problem): void;
}

/** One server of the fleet, as used by actions. */
export interface WatchedServer {
  readonly panel: PanelApi;
  readonly orders: Orders;
  readonly players: {
    /**
     * The game told this computer the number of players; null = no answer counts. `reach` as the row shows it. No-op
     * unless the server runs.
     */
    answered(answer: PlayersOnline | null, reach: Reach | null): void;
    /** As `answered`, for a number from a plugin of the panel. */
    told(answer: PlayersOnline | null): void;
  };
  readonly session: {
    /** Sends a power signal over the socket. False if the signal must go by REST. */
    sendPower(signal: PowerSignal): boolean;
    sendCommand(command: string): boolean;
    /** An obstacle to the session is gone: a waiting session connects now. */
    retry(): void;
  };
  readonly reread: {
    /** An action changed the server on the panel: reads the server again now. */
    now(): void;
    /** A call was refused. The known state or permissions may be wrong; if so, reads the server again soon. */
    refused(problem: Problem): void;
  };
  /**
   * Resolves once the state in the store is current. Rejects with `PerchError` if the state can't be read.
   * Current = from a live socket, from a poll so recent that the panel's cache would give the same, or from a new poll
   * in its turn.
   */
  refresh(): Promise<void>;
  /**
   * Resolves when a bulk action's signal may go out: at once over the socket, otherwise in turn with all calls of the
   * account. Rejects with `rate-limited` if the turn is too far away.
   */
  turn(): Promise<void>;
  /**
   * Sends an optional read when no other call of the account is due. Resolves with null if the read is dropped.
   * Aborting `waits` drops a read whose turn has not come.
   */
  whenSpare<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null>;
  /** As `whenSpare`, for a list that a window shows: it has its part of the calls while others wait. */
  whenShown<T>(send: () => Promise<T>): Promise<T | null>;
  /** As `whenSpare`, for reads without haste: only while nothing else of the account is looked up. */
  whenIdle<T>(send: () => Promise<T>, waits?: AbortSignal): Promise<T | null>;
  /** Asks the panel again and reopens a refused session. Rejects with `PerchError`. */
  retry(): Promise<void>;
}

/** Sets or clears the crash mark of servers for ends before this run of Perch. No-op for an unknown server. */
export interface PastCrashes {
  /** The server crashed, or went offline unseen, and has not run since. `at` = monotonic time. */
  recall(serverId: string, at: number, crash: Crash): void;
  /** The server ran after the crash, and somebody stopped it. */
  stoppedSince(serverId: string): void;
}

/** The whole fleet, as used by actions. */
export interface WatchedFleet {
  /** null for an unknown server. */
  server(serverId: string): WatchedServer | null;
  account(accountId: string): Account | null;
  /** Throws `not-found` for an unknown account. */
  panelOf(accountId: string): PanelApi;
  /** Starts watching. Replaces an account with the same id and keeps its servers. */
  addAccount(record: AccountRecord, user: PanelUser | null): void;
  removeAccount(accountId: string): Promise<void>;
  /** Asks the panel again now. Rejects with `PerchError` if this fails. */
  retryAccount(accountId: string): Promise<void>;
}
