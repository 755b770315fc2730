/** Counts each server once, although several accounts of one panel may each have a row for it. Pure. */
import type { Account, Server } from '../schema/domain.js';

type Row = Pick<Server, 'id' | 'accountId'>;

/** One row per server, preferring an account whose panel answers. Keeps the order otherwise. */
export function onePerServer<T extends Row>(rows: Iterable<T>, accounts: Iterable<Account>): readonly T[] {
  const known = new Map<string, Account>();
  const panels = new Set<string>();
  for (const account of accounts) {
    known.set(account.id, account);
    panels.add(account.panelUrl);
  }
  const all = [...rows];
  // Fast path: totals are recounted with every new figure, and most panels have one account.
  if (panels.size === known.size) return all;
  const chosen = new Map<string, T>();
  for (const row of all) {
    const key = serverKey(row, known);
    const before = chosen.get(key);
    if (before === undefined || (!isReady(before, known) && isReady(row, known))) chosen.set(key, row);
  }
  return [...chosen.values()];
}

/** The same text for the rows of one server in several accounts of its panel. */
export function serverKeys(accounts: Iterable<Account>): (row: Row) => string {
  const known = new Map([...accounts].map((account) => [account.id, account]));
  return (row) => serverKey(row, known);
}

/** Panel address plus server uuid. The id of a row is `<account id>/<uuid>`. */
function serverKey({ id, accountId }: Row, accounts: ReadonlyMap<string, Account>): string {
  return `${accounts.get(accountId)?.panelUrl ?? accountId} ${id.slice(accountId.length + 1)}`;
}

function isReady({ accountId }: Row, accounts: ReadonlyMap<string, Account>): boolean {
  return accounts.get(accountId)?.state.kind === 'ready';
}
