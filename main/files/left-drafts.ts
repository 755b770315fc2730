import type { CallTable } from '../base/calls.js';
import { Watchable } from '../base/observable.js';
import type { FileRef } from './file-contents.js';

export interface DraftList {
  /** Files with unsaved text. Never rejects. */
  files(): Promise<readonly FileRef[]>;
  /** Removes the drafts of all other accounts. Never rejects. */
  keepAccounts(accountIds: readonly string[]): Promise<void>;
}

/** Unsaved texts that the last run of Perch left, until a person opens or dismisses them. */
export class LeftDrafts extends Watchable<readonly FileRef[]> {
  constructor(private readonly drafts: DraftList) {
    super([]);
  }

  readonly calls = {
    'texts.dismissLeft': () => this.set([]),
  } satisfies CallTable;

  /** Forgets drafts of removed accounts; without accounts none, because the list of accounts may be damaged. */
  async start(accountIds: readonly string[]): Promise<void> {
    if (accountIds.length > 0) await this.drafts.keepAccounts(accountIds);
    this.set(await this.drafts.files());
  }

  /** A person sees the draft of this file, or it is gone. */
  gone({ serverId, path }: FileRef): void {
    const others = this.current.filter((one) => one.serverId !== serverId || one.path !== path);
    if (others.length < this.current.length) this.set(others);
  }

  forgetAccount(accountId: string): void {
    this.set(this.current.filter(({ serverId }) => !serverId.startsWith(`${accountId}/`)));
  }
}
