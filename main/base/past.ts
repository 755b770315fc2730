import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { HistoryRange, PastState, StateRun, UsageStretch } from '../../bridge/schema/history.js';

/** The last hour of every server's usage. Stretches come in the order of their time. */
export interface UsageMemory {
  add(serverId: string, stretch: UsageStretch): void;
  /** Oldest first; nothing of a server that is not known. */
  hour(serverId: string): readonly UsageStretch[];
  /** Lets go of what is older than that. */
  trim(): void;
  /** What is on disk of it stays, until it is old: the server may come back. */
  forget(serverId: string): void;
  /** Everything, also on disk. */
  forgetAccount(accountId: string): void;
  /** Calls when more of the past is known: what an earlier run left. Returns the function that ends listening. */
  onRecalled(listener: () => void): () => void;
}

/** What every server was and is. */
export interface StateMemory {
  /** It is so from now on. */
  saw(serverId: string, state: PastState): void;
}

/** What is kept, for whoever shows it. Neither rejects: what can't be read is not known. Times are monotonic. */
export interface Past {
  /** Oldest first: stretches of 5 s up to an hour, of a minute up to a day, of 15 minutes beyond that. */
  usage(serverId: string, range: HistoryRange): Promise<readonly UsageStretch[]>;
  /** Without a gap from the first moment to the second; what nobody saw is `unknown`. */
  states(serverId: string, from: number, to: number): Promise<readonly StateRun[]>;
}

/** Older than the entry of that id, or the newest. */
export interface EventsQuery {
  readonly before: string | null;
  readonly limit: number;
  /** Ids of servers, and of accounts for what is a panel's or a node's; null = of all. */
  readonly about: readonly string[] | null;
  /** None from before that, the system's time. */
  readonly from?: number;
}

/** Newest first. `isEnd` = there are no older ones. */
export interface EventsPage {
  readonly events: HistoryEvent[];
  readonly isEnd: boolean;
}

/** The log of what happened, as it is kept for 90 days; times are the system's. Nothing of it rejects. */
export interface EventMemory {
  /** It is new, or known better. */
  put(event: HistoryEvent): void;
  /** What has begun and not ended, as far as anybody saw; oldest first. */
  lasting(): Promise<readonly HistoryEvent[]>;
  events(query: EventsQuery): Promise<EventsPage>;
  /** Calls when what earlier runs have put can be read. Returns the function that ends listening. */
  onRecalled(listener: () => void): () => void;
}

/** What a look at what is kept has found. */
export interface HistoryCheck {
  readonly isOpen: boolean;
  readonly canWrite: boolean;
  /** What the finished parts take up; null where it is not open. */
  readonly bytes: number | null;
  /** By `Clock.wall`; null where this run has written nothing yet. */
  readonly writtenAt: number | null;
}
