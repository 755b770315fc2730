/** Events and figures that a rule can name. Without zod, for windows. */

/** Events of the log that can start a run. Every other event is useless for a rule, or has a trigger of its own. */
export const ruleEvents = [
  'crashed',
  'went-offline',
  'stopped',
  'started',
  'restarted',
  'restart-failed',
  'slow-start',
  'limit',
  'node-unreachable',
  'panel-unreachable',
  'backup-overdue',
  'game-silent',
  'players-on',
  'players-gone',
  'full',
  'player-joined',
] as const;

/** Figures of a server: percent of its limit, a number of players, or hours since the start of its process. */
export const ruleFigures = ['cpu', 'memory', 'disk', 'players', 'uptime'] as const;
