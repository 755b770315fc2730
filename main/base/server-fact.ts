import type { PowerSignal } from '../../bridge/schema/domain.js';

/** What is told of a server and changes neither its state nor what its panel says of it. */
export type ServerFact = NodeFact | SignalRefusal;

/** By its node. */
export type NodeFact =
  /** `backupId` = which one, the same for every account that hears of it; null where the node does not tell. */
  | { readonly kind: 'backup'; readonly isSuccessful: boolean; readonly backupId: string | null }
  /** A restoration has ended; whether it went well nobody says. */
  | { readonly kind: 'restored' };

/** A signal of the person's was refused for certain: it explains nothing. */
interface SignalRefusal {
  readonly kind: 'signal-refused';
  readonly signal: PowerSignal;
}

export interface ToldFact {
  readonly serverId: string;
  readonly fact: ServerFact;
}
