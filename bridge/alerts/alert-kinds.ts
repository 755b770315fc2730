/** Kinds of alerts. The user switches each kind on or off. */
export const alertKinds = [
  /** Crashed, and the node does not start the server again. */
  'stays-down',
  /** Crashed, or ended or restarted while Perch was not watching. */
  'crashed',
  /** Stopped by somebody other than this user. */
  'stopped',
  'slow-start',
  /** A node or a panel does not answer. */
  'outage',
  /** The panel refused the API key, or a certificate changed. */
  'access',
  'disk',
  'memory',
  'cpu',
  /** Perch saw the restart, and somebody other than this user did it. */
  'restarted',
  'started',
  'install',
  /** A backup of this user or of a schedule failed. */
  'backup-failed',
  /** A good backup is missing, by a rule or by the usual rhythm. */
  'backup-overdue',
  /** A schedule of the panel does not end, or was not begun in time. */
  'schedule-stuck',
  /** A backup completed, or a backup of another person failed. */
  'backup',
  'suspended',
  /** The server runs, but its game no longer answers this computer. */
  'game-silent',
  /** A player whom the user watches came. */
  'player-joined',
  /** The first player came to an empty server. */
  'players-on',
  /** The last player left. */
  'players-gone',
  /** All places for players are taken. */
  'full',
  /** Perch stopped or restarted a server because nobody was on. */
  'when-empty',
  /** A run of a rule did not go as it should, or a rule switched itself off. */
  'rule-trouble',
  /** A step of a rule sends the person a message. */
  'rule-told',
  /** Server added, removed or moved to another node. */
  'roster',
] as const;
export type AlertKind = (typeof alertKinds)[number];
