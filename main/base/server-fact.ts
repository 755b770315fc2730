/** What a node tells of a server that changes neither its state nor what its panel says of it. */
export type ServerFact =
  | { readonly kind: 'backup'; readonly isSuccessful: boolean }
  /** A restoration has ended; whether it went well nobody says. */
  | { readonly kind: 'restored' };

export interface ToldFact {
  readonly serverId: string;
  readonly fact: ServerFact;
}
