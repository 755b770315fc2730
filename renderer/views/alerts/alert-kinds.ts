/** The kinds of notifications in the order and groups in which a person sets them. */
import type { AlertKind } from '../../../bridge/alerts/alert-kinds.js';

export const kindGroups = [
  { name: 'ends', kinds: ['stays-down', 'crashed', 'stopped', 'slow-start'] },
  { name: 'outages', kinds: ['outage', 'access'] },
  { name: 'limits', kinds: ['disk', 'memory', 'cpu'] },
  { name: 'others', kinds: ['restarted', 'started', 'install', 'backup', 'suspended', 'roster'] },
] as const satisfies readonly { name: string; kinds: readonly AlertKind[] }[];
