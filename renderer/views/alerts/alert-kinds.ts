/** Kinds of notifications, in the groups and order of the settings. */
import type { AlertKind } from '../../../bridge/alerts/alert-kinds.js';

export const kindGroups = [
  { name: 'ends', kinds: ['stays-down', 'crashed', 'stopped', 'slow-start'] },
  { name: 'outages', kinds: ['outage', 'access'] },
  {
    name: 'players',
    kinds: ['game-silent', 'player-joined', 'players-on', 'players-gone', 'full', 'when-empty'],
  },
  { name: 'limits', kinds: ['disk', 'memory', 'cpu'] },
  {
    name: 'others',
    kinds: [
      'restarted',
      'started',
      'install',
      'backup-failed',
      'backup-overdue',
      'schedule-stuck',
      'backup',
      'suspended',
      'rule-trouble',
      'rule-told',
      'roster',
    ],
  },
] as const satisfies readonly { name: string; kinds: readonly AlertKind[] }[];
