/** Kinds of private text in a log. Where two finds overlap, the kind that stands earlier in this list counts. */
export const privateKinds = ['secret', 'email', 'ipv4', 'ipv6', 'user', 'panel', 'host', 'player'] as const;
export type PrivateKind = (typeof privateKinds)[number];

/** Kinds that Perch takes out unless the person keeps them. Names of players help whoever reads the log. */
export const usualKinds: readonly PrivateKind[] = privateKinds.filter((kind) => kind !== 'player');

/** A private part of a text: from the first character to the character after the last. */
export interface PrivateFind {
  readonly kind: PrivateKind;
  readonly from: number;
  readonly to: number;
}

/** Private texts that Perch knows, whatever their form. */
export interface KnownPrivate {
  /** Names of the panel, the server and the node, and ids of the server. */
  readonly names: readonly string[];
  /** Hosts of the panel and the nodes, without a port. */
  readonly hosts: readonly string[];
  /** Names of accounts on the panel. */
  readonly users: readonly string[];
  /** Secret values, such as those of startup variables. */
  readonly secrets: readonly string[];
}
