/** Logs when a server exceeds a limit for a while, and when it is below again. */
import type { LimitedFigure } from '../../bridge/schema/events.js';
import type { Server, Usage } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import type { ServerPast } from './server-past.js';

/** Limit: more than `percent` of the server's allowance for `seconds`. */
export interface LimitRule {
  readonly percent: number;
  readonly seconds: number;
}

export type LimitRules = Readonly<Partial<Record<LimitedFigure, LimitRule>>>;

/**
 * Percentage points below the limit at which an excess ends. A value that hovers at the limit makes one event, not
 * twenty.
 */
const slackPercent = 5;

const resources: readonly LimitedFigure[] = ['cpu', 'memory', 'disk'];

export class LimitWatch {
  /** Resource -> monotonic time since which its usage is above the limit without an event, or below it with an event. */
  readonly #since: Partial<Record<LimitedFigure, number | undefined>> = {};

  constructor(
    private readonly clock: Clock,
    private readonly past: ServerPast,
  ) {}

  measured(server: Server, rules: LimitRules): void {
    if (server.usage === null) return;
    for (const of of resources) this.#one(server, of, rules[of], share(server, server.usage, of));
  }

  #one(server: Server, of: LimitedFigure, rule: LimitRule | undefined, percent: number | null): void {
    const lasting = this.#lasting(server.id, of);
    if (rule === undefined || percent === null) {
      this.#since[of] = undefined;
      // The alert was switched off, or the server has no limit any more.
      if (lasting !== undefined) this.past.end(lasting.id, this.clock.now());
      return;
    }
    const isOver = percent >= rule.percent;
    const isBack = percent < rule.percent - slackPercent;
    if (lasting === undefined ? !isOver : !isBack) return void (this.#since[of] = undefined);
    const now = this.clock.now();
    const since = (this.#since[of] ??= now);
    if (now - since < rule.seconds * 1000) return;
    this.#since[of] = undefined;
    if (lasting !== undefined) return this.past.end(lasting.id, now);
    this.past.write(server, { kind: 'limit', of, percent: Math.floor(percent) }, now, { lasts: true });
  }

  #lasting(serverId: string, of: LimitedFigure): { id: string } | undefined {
    return this.past.lastingOf(serverId, 'limit').find(({ what }) => what.of === of);
  }
}

/** Used percent of the server's allowance; null for no limit. */
function share({ limits }: Server, usage: Usage, of: LimitedFigure): number | null {
  switch (of) {
    case 'cpu':
      return percentOf(usage.cpuPercent, limits.cpuPercent);
    case 'memory':
      return percentOf(usage.memoryBytes, usage.memoryLimitBytes ?? limits.memoryBytes);
    case 'disk':
      return percentOf(usage.diskBytes, limits.diskBytes);
  }
}

function percentOf(used: number, limit: number | null): number | null {
  return limit === null || limit <= 0 ? null : (used / limit) * 100;
}
