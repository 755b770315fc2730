import type { HistoryRange, PastState, StateRun, UsageStretch } from '../../bridge/history.js';

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

/** What is kept, for whoever shows it. Neither rejects: what can't be read is not known. Times are steady ones. */
export interface Past {
  /** Oldest first: stretches of 5 s up to an hour, of a minute up to a day, of 15 minutes beyond that. */
  usage(serverId: string, range: HistoryRange): Promise<readonly UsageStretch[]>;
  /** Without a gap from the first moment to the second; what nobody saw is `unknown`. */
  states(serverId: string, from: number, to: number): Promise<readonly StateRun[]>;
}

/** Something that happened. What `body` holds is the matter of whoever notes it, by kind and version. */
export interface PastEvent {
  readonly at: number;
  readonly kind: string;
  readonly accountId: string | null;
  readonly serverId: string | null;
  readonly version: number;
  /** JSON; it is to be parsed by whoever reads it. */
  readonly body: unknown;
}

export interface EventQuery {
  readonly from?: number;
  /** It does not belong to it. */
  readonly to?: number;
  readonly kinds?: readonly string[];
  readonly serverId?: string;
  readonly accountId?: string;
  readonly limit: number;
  /** `next` of the page before. */
  readonly before?: string;
}

export interface EventPage {
  /** Newest first; each has an id of its own. */
  readonly events: readonly (PastEvent & { readonly id: string })[];
  /** null where there are no more. A page may be shorter than asked for, and even empty, and have a next one. */
  readonly next: string | null;
}

/** What happened in the last 90 days. */
export interface EventMemory {
  /** Answers the id of the event. */
  note(event: PastEvent): string;
  /** Never rejects. */
  events(query: EventQuery): Promise<EventPage>;
}
