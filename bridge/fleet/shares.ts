/** How much of its limits a server uses, the same for lists, bars and the tray menu. Pure. */
import { limited, type Limited } from './limited.js';
import type { Server, Usage } from '../schema/domain.js';

/** Bars turn amber from the first share of a limit and red from the second. */
export const nearFrom = 0.8;
export const fullFrom = 0.95;
/** A figure that was near its limit stays near until it falls below this share, so it does not flicker. */
const nearUntil = 0.75;

/**
 * Usage that counts for shares; null while the process is off. The disk usage comes from the server itself, because an
 * offline server uses disk space too.
 */
export interface ShareFacts {
  readonly usage: Usage | null;
}

/** Usage of a live process; null if the figures mean nothing. Must be cheap: tables call it for every server. */
export function measuredUsage({ power, usage, condition }: Server): Usage | null {
  return power === 'offline' || power === null || condition === 'suspended' ? null : usage;
}

/**
 * Used share of a limit: 1 = all of it, more if the node grants more than the plan.
 * Null without a limit or a figure.
 */
export function shareOf(
  figure: Limited,
  { limits, usage }: Pick<Server, 'limits' | 'usage'>,
  look: ShareFacts,
): number | null {
  switch (figure) {
    case 'cpu':
      return partOf(look.usage?.cpuPercent, limits.cpuPercent);
    case 'memory':
      return partOf(look.usage?.memoryBytes, limits.memoryBytes);
    case 'disk':
      return partOf((usage ?? look.usage)?.diskBytes, limits.diskBytes);
  }
}

/** The highest share of all limits; null if no share is known. */
export function highestShare(server: Pick<Server, 'limits' | 'usage'>, look: ShareFacts): number | null {
  const shares = limited.flatMap((figure) => shareOf(figure, server, look) ?? []);
  return shares.length === 0 ? null : Math.max(...shares);
}

/** The highest share, from readings of this run of Perch only. */
export function nearness(server: Server): number | null {
  return highestShare(server, { usage: measuredUsage(server) });
}

/**
 * The limits that a server is near now.
 * Depends on the limits it was near before, so only the store calls this on every change (`main/fleet/store.ts`);
 * everybody else reads `Server.near`.
 */
export function nearLimits(server: Server, before: readonly Limited[]): readonly Limited[] {
  const look = { usage: measuredUsage(server) };
  return limited.filter(
    (figure) => (shareOf(figure, server, look) ?? 0) >= (before.includes(figure) ? nearUntil : nearFrom),
  );
}

export function isNearLimit({ near = [] }: Pick<Server, 'near'>): boolean {
  return near.length > 0;
}

function partOf(used: number | undefined, limit: number | null): number | null {
  return used === undefined || limit === null || limit <= 0 ? null : used / limit;
}
