/** Fact about a server that changes neither its state nor its panel data. The node reports such a fact. */
export type ServerFact =
  /** `backupId` is the same for every account that gets the report; null if the node does not name the backup. */
  | { readonly kind: 'backup'; readonly isSuccessful: boolean; readonly backupId: string | null }
  /** The restore of a backup has ended. The node does not report its success. */
  | { readonly kind: 'restored' };

export interface ToldFact {
  readonly serverId: string;
  readonly fact: ServerFact;
}
