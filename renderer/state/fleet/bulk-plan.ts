/** Preview of a bulk action before the user confirms it. Pure. */
import type { Account, PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { awayBlock, backUpBlock, bulkBlock, isUnread } from '../../../bridge/panel/permissions.js';
import type { Sentence } from '../../../messages/messages.js';

/** Actions with a question that lists servers. A message has a form of its own. */
export type PlannedAction = PowerSignal | 'back-up';

export interface BulkPlan {
  readonly action: PlannedAction;
  readonly able: readonly Server[];
  /**
   * Number of `able` servers without a current state; 0 for backups, which need none.
   * Main reads each of these first and skips it if its state does not fit.
   */
  readonly unread: number;
  /** Servers that the action leaves alone, with the reason. */
  readonly skipped: readonly { readonly server: Server; readonly reason: Sentence }[];
}

/**
 * Plans a bulk action. `block` returns why a server cannot get the signal; `accountOf` returns its account;
 * `quietBlockOf` returns why a server cannot be backed up quietly, null = backups that are not quiet.
 */
export function planBulk(
  action: PlannedAction,
  servers: readonly Server[],
  block: (signal: PowerSignal, server: Server) => Sentence | null,
  accountOf: (accountId: string) => Account | undefined,
  quietBlockOf: ((server: Server) => Sentence | null) | null = null,
): BulkPlan {
  const judged = servers.map((server) => ({
    server,
    reason:
      action === 'back-up'
        ? (backUpBlock(server) ?? quietBlockOf?.(server) ?? null)
        : (block(action, server) ??
          bulkBlock(action, server) ??
          awayBlock(action, accountOf(server.accountId))),
  }));
  const able = judged.filter(({ reason }) => reason === null).map(({ server }) => server);
  return {
    action,
    able,
    unread: action === 'back-up' ? 0 : able.filter(isUnread).length,
    skipped: judged.flatMap(({ server, reason }) => (reason === null ? [] : [{ server, reason }])),
  };
}

/** With more servers than this, a destructive action folds its list and asks the user to type the number. */
export const manyServers = 20;

/** Groups entries by account, in the order of first appearance. */
export function byPanel<Entry>(
  entries: readonly Entry[],
  accountOf: (entry: Entry) => string,
): readonly { readonly accountId: string; readonly entries: readonly Entry[] }[] {
  const panels = new Map<string, Entry[]>();
  for (const entry of entries) {
    const of = panels.get(accountOf(entry));
    if (of === undefined) panels.set(accountOf(entry), [entry]);
    else of.push(entry);
  }
  return [...panels].map(([accountId, of]) => ({ accountId, entries: of }));
}

/** Whether the typed text is this number; ignores spaces and thousands separators. */
export function isTyped(text: string, count: number): boolean {
  return text.replaceAll(/[\s.,’']/g, '') === String(count);
}

/** Total time of all pauses between the servers (ms). */
export function bulkMs(count: number, pauseMs: number): number {
  return Math.max(0, count - 1) * pauseMs;
}
