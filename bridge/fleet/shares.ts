/** How much of its limits a server uses: one answer for lists, bars and the tray's menu. Pure. */
import { limited, type Limited } from './limited.js';
import type { Server, Usage } from '../schema/domain.js';

/** From these shares of a limit on a bar is amber, and red. */
export const nearFrom = 0.8;
export const fullFrom = 0.95;
/** A figure that was near its limit is so until it is below this share: one on the line would come and go all the time. */
const nearUntil = 0.75;

/** What a share is made of: the figures that mean something, and the disk, which is used by a server that is off as well. */
export interface ShareFacts {
  readonly usage: Usage | null;
}

/** The figures of a process that lives; null where they mean nothing. Without words: tables ask it of every server. */
export function measuredUsage({ power, usage, condition }: Server): Usage | null {
  return power === 'offline' || power === null || condition === 'suspended' ? null : usage;
}

/** 1 = all of it, and more where a node grants more than was bought; null without a limit, or a figure. */
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

/** Of the limit that is nearest; null where none is known. */
export function highestShare(server: Pick<Server, 'limits' | 'usage'>, look: ShareFacts): number | null {
  const shares = limited.flatMap((figure) => shareOf(figure, server, look) ?? []);
  return shares.length === 0 ? null : Math.max(...shares);
}

/** The same by figures that are of this run of Perch. */
export function nearness(server: Server): number | null {
  return highestShare(server, { usage: measuredUsage(server) });
}

/**
 * The limits that a server is near now. What it was near before counts, so the one store asks for every change of a server
 * (`main/fleet/store.ts`), and everybody else reads `Server.near`.
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
