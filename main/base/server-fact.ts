import type { PowerSignal } from '../../bridge/schema/domain.js';

/** Fact about a server that changes neither its state nor its panel data. */
export type ServerFact = NodeFact | SignalRefusal;

/** Fact that the node reports. */
export type NodeFact =
  /** `backupId` is the same for every account that gets the report; null if the node does not name the backup. */
  | { readonly kind: 'backup'; readonly isSuccessful: boolean; readonly backupId: string | null }
  /** The restore of a backup has ended. The node does not report its success. */
  | { readonly kind: 'restored' };

/** A signal of the user that was certainly refused, so it explains no later change. */
interface SignalRefusal {
  readonly kind: 'signal-refused';
  readonly signal: PowerSignal;
}

export interface ToldFact {
  readonly serverId: string;
  readonly fact: ServerFact;
}
