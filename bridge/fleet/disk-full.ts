import type { Server } from '../schema/domain.js';

/**
 * Whether the last reading shows a full disk.
 * The node then does not start the server, and stops it if it runs (PROTOCOL 4.11, 4.12).
 */
export function isDiskFull({ usage, limits }: Pick<Server, 'usage' | 'limits'>): boolean {
  return usage !== null && limits.diskBytes !== null && usage.diskBytes >= limits.diskBytes;
}
