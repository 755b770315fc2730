/**
 * Order of a bulk run: which server is next, and when. Pure.
 *
 * A panel limits the calls of one user (PROTOCOL 3.4), so its pause delays only that account's servers; a limit of one
 * server delays only this server.
 */
import type { Server } from '../../../bridge/schema/domain.js';
import type { BulkItem, BulkRun } from '../../../bridge/schema/bulk.js';
import { skipReason } from './bulk-outcome.js';

export interface Turn {
  readonly serverId: string;
  readonly at: number;
}

export interface TurnFacts {
  readonly servers: ReadonlyMap<string, Server>;
  /** Account or server -> monotonic time when the panel may be asked again. */
  readonly restUntil: ReadonlyMap<string, number>;
  /** Earliest time of the next signal (monotonic). */
  readonly from: number;
}

/**
 * The next server of the run: the first waiting server whose panel may be asked at `from`. If all remaining panels
 * have asked for a pause, the first server of the panel whose pause ends first.
 *
 * Marks servers before it that need no signal as skipped. Servers behind a server that waits for the same panel are
 * not judged yet, because their state may change.
 */
export function nextTurn(
  run: Pick<BulkRun, 'items' | 'action'>,
  { servers, restUntil, from }: TurnFacts,
): { items: BulkItem[]; next: Turn | null } {
  const resting = new Set<string>();
  let next: Turn | null = null;
  const items = run.items.map((item) => {
    if (item.outcome !== 'waiting' || next?.at === from) return item;
    const { serverId } = item;
    const server = servers.get(serverId);
    // A missing server has its turn as well; `#send` reports it as gone.
    if (server === undefined) {
      next = { serverId, at: from };
      return item;
    }
    if (resting.has(server.accountId)) return item;
    const problem = skipReason(server, run.action);
    if (problem !== null) return { ...item, outcome: 'skipped' as const, problem };
    const panelAt = Math.max(from, restUntil.get(server.accountId) ?? from);
    if (panelAt > from) resting.add(server.accountId);
    const at = Math.max(panelAt, restUntil.get(serverId) ?? from);
    if (next === null || at < next.at) next = { serverId, at };
    return item;
  });
  return { items, next };
}
