/** Accounts whose history is no longer wanted but still lies in the store. */

/** The account that a server belongs to. */
export function accountOf(serverId: string): string {
  return serverId.slice(0, serverId.indexOf('/'));
}

export class StoredAccounts {
  readonly #removed = new Set<string>();
  #known: readonly string[] = [];

  /** Accounts of this run; the next clean-up deletes the data of all others. Empty = unknown, so none is deleted. */
  known(accountIds: readonly string[]): void {
    this.#known = accountIds;
  }

  /** The user removed the account. */
  remove(accountId: string): void {
    this.#removed.add(accountId);
  }

  /** Deletes the unwanted data with `forget`. If `forget` rejects, the next clean-up tries again. */
  async clear(forget: (isGone: (accountId: string) => boolean) => Promise<void>): Promise<void> {
    const known = this.#known;
    const gone = new Set(this.#removed);
    await forget((id) => gone.has(id) || (known.length > 0 && !known.includes(id)));
    for (const accountId of gone) this.#removed.delete(accountId);
    // The list serves one clean-up only. Later it would make new accounts look removed.
    this.#known = [];
  }
}
