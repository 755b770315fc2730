import type { Account } from '../schema/domain.js';

/** Known user names of all accounts on the panel of this account, this account included. */
export function usersOf(accounts: Iterable<Account>, accountId: string): ReadonlySet<string> {
  const all = [...accounts];
  const url = all.find(({ id }) => id === accountId)?.panelUrl;
  const there = all.filter(({ id, panelUrl }) => id === accountId || panelUrl === url);
  return new Set(there.flatMap(({ user }) => user?.username ?? []));
}
