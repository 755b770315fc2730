/** Whether a server uses more of something than it should: over a line for a while, and under it again. */
import type { Limited } from '../../bridge/schema/events.js';
import type { Server, Usage } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import type { ServerPast } from './server-past.js';

/** Above `percent` of what the server may use, for `seconds`. */
export interface LimitRule {
  readonly percent: number;
  readonly seconds: number;
}

export type LimitRules = Readonly<Partial<Record<Limited, LimitRule>>>;

/** What passed a line is back only this far below it: a value on the line tells one story, not twenty. */
const slackPercent = 5;

const resources: readonly Limited[] = ['cpu', 'memory', 'disk'];

export class LimitWatch {
  readonly #clock: Clock;
  readonly #past: ServerPast;
  /** Since when each is on the other side of its line. */
  readonly #since = new Map<Limited, number>();

  constructor(clock: Clock, past: ServerPast) {
    this.#clock = clock;
    this.#past = past;
  }

  measured(server: Server, rules: LimitRules): void {
    if (server.usage === null) return;
    for (const of of resources) this.#one(server, of, rules[of], share(server, server.usage, of));
  }

  #one(server: Server, of: Limited, rule: LimitRule | undefined, percent: number | null): void {
    const lasting = this.#lasting(server.id, of);
    if (rule === undefined || percent === null) {
      this.#since.delete(of);
      // Nobody wants to know any more, or there is no limit now.
      if (lasting !== undefined) this.#past.end(lasting.id, this.#clock.now());
      return;
    }
    const isOver = percent >= rule.percent;
    const isBack = percent < rule.percent - slackPercent;
    if (lasting === undefined ? !isOver : !isBack) return void this.#since.delete(of);
    const now = this.#clock.now();
    const since = this.#since.get(of) ?? now;
    this.#since.set(of, since);
    if (now - since < rule.seconds * 1000) return;
    this.#since.delete(of);
    if (lasting !== undefined) return this.#past.end(lasting.id, now);
    this.#past.write(server, { kind: 'limit', of, percent: Math.floor(percent) }, now, { lasts: true });
  }

  #lasting(serverId: string, of: Limited): { id: string } | undefined {
    return this.#past.lastingOf(serverId, 'limit').find(({ what }) => what.of === of);
  }
}

/** Percent of what it may use; null where it has no limit. */
function share({ limits }: Server, usage: Usage, of: Limited): number | null {
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
