import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { HistoryRange, PastState, StateRun, UsageSample } from '../../bridge/schema/history.js';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';

/** Usage of every server in the last hour. Samples are added in order of time. */
export interface UsageMemory {
  add(serverId: string, sample: UsageSample): void;
  /** Oldest first; empty for an unknown server. */
  hour(serverId: string): readonly UsageSample[];
  /** Drops samples that are older than an hour. */
  trim(): void;
  /** Drops a server from memory. Its samples on disk stay until they expire, because the server may come back. */
  forget(serverId: string): void;
  /** Drops all servers of an account, also on disk. */
  forgetAccount(accountId: string): void;
  /** Calls after samples of an earlier run were added. Returns the function that ends listening. */
  onRecalled(listener: () => void): () => void;
}

/** Power states of every server over time. */
export interface StateMemory {
  /** Notes a state that begins now. */
  saw(serverId: string, state: PastState): void;
}

/** Stored history for display. Neither call rejects: unreadable parts count as unknown. Times are monotonic. */
export interface Past {
  /** Oldest first. Samples of 5 s up to an hour back, of a minute up to a day, of 15 minutes beyond. */
  usage(serverId: string, range: HistoryRange): Promise<readonly UsageSample[]>;
  /** Power states from `from` to `to`, oldest first, without gaps; time that Perch did not observe is `unknown`. */
  states(serverId: string, from: number, to: number): Promise<readonly StateRun[]>;
}

/** Time in which a player was seen on a server, with monotonic times. */
export interface SeenTime {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** Time on the server that Perch watched, in ms; at most the time from `from` to `to`. */
  readonly playedMs: number;
}

/** All times of one name on one server combined. */
export interface SeenPlayer {
  readonly name: string;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly playedMs: number;
}

/** Names of players that were seen on each server, kept for 90 days. No call rejects. */
export interface SeenMemory {
  /** Adds a time to the earlier times of this name. */
  saw(serverId: string, time: SeenTime): void;
  /** The last seen name comes first; at most 2,000 names. */
  of(serverId: string): Promise<readonly SeenPlayer[]>;
}

/** Query for the events before the event with the id `before`; null = the newest events. */
export interface EventsQuery {
  readonly before: string | null;
  readonly limit: number;
  /** Ids of servers, or of accounts for events of a panel or a node; null = all. */
  readonly about: readonly string[] | null;
  /** Earliest wall-clock time in ms since the epoch. */
  readonly from?: number;
}

/** Newest first. `isEnd` = no older events exist. */
export interface EventsPage {
  readonly events: HistoryEvent[];
  readonly isEnd: boolean;
}

/** Stored log of events, kept for 90 days, with wall-clock times. No call rejects. */
export interface EventMemory {
  /** Adds an event, or replaces its earlier version. */
  put(event: HistoryEvent): void;
  /** Events that have not ended, oldest first. */
  lasting(): Promise<readonly HistoryEvent[]>;
  events(query: EventsQuery): Promise<EventsPage>;
  /** Calls once the events of earlier runs can be read. Returns the function that ends listening. */
  onRecalled(listener: () => void): () => void;
}

/** Result of a check of the stored history. */
export interface HistoryCheck {
  readonly isOpen: boolean;
  readonly canWrite: boolean;
  /** Size of the finished parts; null if the history is not open. */
  readonly bytes: number | null;
  /** Wall-clock time of the last write; null = none in this run. */
  readonly writtenAt: number | null;
}

/** Query for traces of rules before a trace; null = the newest ones, of all rules, or on all servers. */
export interface TracesQuery {
  readonly ruleId: string | null;
  /** Leaves out rules that settings stand for: a fleet has thousands of their traces. */
  readonly isOwn?: boolean;
  readonly serverId: string | null;
  readonly before: Pick<RunRecord, 'at' | 'id'> | null;
  readonly count: number;
}

/** Traces of the user's rules, kept for 90 days, newest first. No call rejects. */
export interface RunTraces {
  /** Resolves when the disk has the trace, or at once for a server whose history is not stored. */
  put(record: RunRecord): Promise<void>;
  has(record: Pick<RunRecord, 'at' | 'id'>): Promise<boolean>;
  page(query: TracesQuery): Promise<{ readonly records: readonly RunRecord[]; readonly isEnd: boolean }>;
}
