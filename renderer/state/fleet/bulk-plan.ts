/** What a bulk action would do, worked out before the person is asked. Pure. */
import type { Account, PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { awayBlock, bulkBlock, isUnread } from '../../../bridge/panel/permissions.js';
import type { Sentence } from '../../../messages/messages.js';

export interface BulkPlan {
  readonly signal: PowerSignal;
  readonly able: readonly Server[];
  /** How many of those have no state that was seen: main reads each first, and leaves out what is in no state for it. */
  readonly unread: number;
  /** Those that stay as they are, and why. */
  readonly skipped: readonly { readonly server: Server; readonly reason: Sentence }[];
}

/** `block` says why a signal can't be sent to a server; `accountOf` whether its panel answers. */
export function planBulk(
  signal: PowerSignal,
  servers: readonly Server[],
  block: (signal: PowerSignal, server: Server) => Sentence | null,
  accountOf: (accountId: string) => Account | undefined,
): BulkPlan {
  const judged = servers.map((server) => ({
    server,
    reason:
      block(signal, server) ?? bulkBlock(signal, server) ?? awayBlock(signal, accountOf(server.accountId)),
  }));
  const able = judged.filter(({ reason }) => reason === null).map(({ server }) => server);
  return {
    signal,
    able,
    unread: able.filter(isUnread).length,
    skipped: judged.flatMap(({ server, reason }) => (reason === null ? [] : [{ server, reason }])),
  };
}

/** Where more than this many lose something, the list is folded and their number is typed. */
export const manyServers = 20;

/** By their panels, in the order in which these come first. */
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

/** Whether what was typed is the number of servers, in whatever way it is written. */
export function isTyped(text: string, count: number): boolean {
  return text.replaceAll(/[\s.,’']/g, '') === String(count);
}

/** From the first server to the last, with a pause between each two. */
export function bulkMs(count: number, pauseMs: number): number {
  return Math.max(0, count - 1) * pauseMs;
}
