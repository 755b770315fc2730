/**
 * Servers as they are counted: each once, also where several accounts of one panel see it. Lists have a row of it for each
 * account. Pure.
 */
import type { Account, Server } from '../schema/domain.js';

type Row = Pick<Server, 'id' | 'accountId'>;

/** Of a server with several rows, that of an account that its panel answers; their order stays otherwise. */
export function onceEach<T extends Row>(rows: Iterable<T>, accounts: Iterable<Account>): readonly T[] {
  const known = new Map<string, Account>();
  const panels = new Set<string>();
  for (const account of accounts) {
    known.set(account.id, account);
    panels.add(account.panelUrl);
  }
  const all = [...rows];
  // Counted with each figure that comes, and most panels have one account.
  if (panels.size === known.size) return all;
  const chosen = new Map<string, T>();
  for (const row of all) {
    const key = serverKey(row, known);
    const before = chosen.get(key);
    if (before === undefined || (!isReady(before, known) && isReady(row, known))) chosen.set(key, row);
  }
  return [...chosen.values()];
}

/** The address of its panel and its uuid, which follows the account in its id. */
function serverKey({ id, accountId }: Row, accounts: ReadonlyMap<string, Account>): string {
  return `${accounts.get(accountId)?.panelUrl ?? accountId} ${id.slice(accountId.length + 1)}`;
}

function isReady({ accountId }: Row, accounts: ReadonlyMap<string, Account>): boolean {
  return accounts.get(accountId)?.state.kind === 'ready';
}
