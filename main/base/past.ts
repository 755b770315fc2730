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
