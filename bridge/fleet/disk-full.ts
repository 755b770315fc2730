import type { Server } from '../schema/domain.js';

/**
 * Whether the disk of a server has no room left, as last measured: its node does not start it then, and stops it where it
 * runs (PROTOCOL 4.11, 4.12).
 */
export function isDiskFull({ usage, limits }: Pick<Server, 'usage' | 'limits'>): boolean {
  return usage !== null && limits.diskBytes !== null && usage.diskBytes >= limits.diskBytes;
}
