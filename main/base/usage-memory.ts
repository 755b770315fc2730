import type { UsageStretch } from '../../bridge/history.js';

/** The last hour of every server's usage. Stretches come in the order of their time. */
export interface UsageMemory {
  add(serverId: string, stretch: UsageStretch): void;
  /** Oldest first; nothing of a server that is not known. */
  hour(serverId: string): readonly UsageStretch[];
  /** Lets go of what is older than that. */
  trim(): void;
  forget(serverId: string): void;
  forgetAccount(accountId: string): void;
}
