/** How much of its limits a server uses. Pure. */
import type { Server } from '../../../bridge/domain.js';
import type { ServerLook } from '../server-look.js';

export const limited = ['cpu', 'memory', 'disk'] as const;
export type Limited = (typeof limited)[number];

/** What a share is made of: the figures that mean something, and the disk, which is used by a server that is off as well. */
export type ShareFacts = Pick<ServerLook, 'usage'>;

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

function partOf(used: number | undefined, limit: number | null): number | null {
  return used === undefined || limit === null || limit <= 0 ? null : used / limit;
}
