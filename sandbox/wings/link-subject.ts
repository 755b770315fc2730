/** Subject of a signed link. */
export type LinkTarget =
  { kind: 'backup'; uuid: string } | { kind: 'file'; path: string } | { kind: 'upload' };

/** Owner and target of a signed link of a node. */
export interface LinkSubject {
  target: LinkTarget;
  serverUuid: string;
  userUuid: string;
  userId: number;
  lifetimeSeconds: number;
}
