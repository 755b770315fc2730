/**
 * Who of a bulk action is next, and when. A panel's limiter refuses one user's calls to that panel (PROTOCOL 3.4), so
 * what it asks for holds up the servers of that account alone. Pure.
 */
import type { BulkItem, BulkRun, Server } from '../../../bridge/schema/domain.js';
import { skipReason } from './bulk-outcome.js';

export interface Turn {
  readonly serverId: string;
  readonly at: number;
}

export interface TurnFacts {
  readonly servers: ReadonlyMap<string, Server>;
  /** Account -> when its panel may be asked again. */
  readonly restUntil: ReadonlyMap<string, number>;
  /** No signal goes out before. */
  readonly from: number;
}

/**
 * The first in the order of the run whose panel may be asked at `from`; where all panels that are left have asked for
 * a pause, the first of the one whose pause ends first. Those before it that need no signal, or can't get it, are
 * passed over. Behind a server that waits for its panel nobody of that panel is judged: what holds for them now may
 * not hold when it is their turn.
 */
export function nextTurn(
  run: Pick<BulkRun, 'items' | 'signal'>,
  { servers, restUntil, from }: TurnFacts,
): { items: BulkItem[]; next: Turn | null } {
  const resting = new Set<string>();
  let next: Turn | null = null;
  const items = run.items.map((item) => {
    if (item.outcome !== 'waiting' || next?.at === from) return item;
    const { serverId } = item;
    const server = servers.get(serverId);
    // A server that is gone has its turn like any other; that turn tells that it is gone.
    if (server === undefined) {
      next = { serverId, at: from };
      return item;
    }
    if (resting.has(server.accountId)) return item;
    const problem = skipReason(server, run.signal);
    if (problem !== null) return { ...item, outcome: 'skipped' as const, problem };
    const at = Math.max(from, restUntil.get(server.accountId) ?? from);
    if (at > from) resting.add(server.accountId);
    if (next === null || at < next.at) next = { serverId, at };
    return item;
  });
  return { items, next };
}
