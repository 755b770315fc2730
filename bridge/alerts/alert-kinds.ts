/** Kinds of alerts; the person turns each on or off. */
export const alertKinds = [
  /** It crashed, and is not started again. */
  'stays-down',
  /** It crashed; or it ended, or restarted, where nobody saw how. */
  'crashed',
  /** Not by the person. */
  'stopped',
  'slow-start',
  /** A node or a panel does not answer. */
  'outage',
  /** A key is refused, or a certificate has changed. */
  'access',
  'disk',
  'memory',
  'cpu',
  /** By somebody else, and seen. */
  'restarted',
  'started',
  'install',
  'backup',
  'suspended',
  /** Added, removed, or moved to another node. */
  'roster',
] as const;
export type AlertKind = (typeof alertKinds)[number];
