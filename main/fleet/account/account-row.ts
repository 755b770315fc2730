import type { Change } from '../../../bridge/fleet/changes.js';
import type { Problem } from '../../../bridge/errors.js';
import type { Account } from '../../../bridge/schema/domain.js';
import type { AccountRecord } from '../../base/ports.js';
import type { PanelApi, PanelUser } from '../../panel/api.js';
import { keyRenewalShown, sftpShown } from './sftp-of.js';
import type { FleetStore } from '../store.js';
import { agreementsOf } from './agreements-of.js';

interface AccountRowDeps {
  store: FleetStore;
  panel: PanelApi;
  /** The user of the key, from the last list. */
  user(): PanelUser | null;
}

type Coverage = Pick<Account, 'heldBack' | 'roundMs'>;

/** One account in the store, written from its stored record, its list, and the coverage of its servers. */
export class AccountRow {
  record: AccountRecord;
  #coverage: Coverage = {};
  #isStopped = false;

  constructor(
    record: AccountRecord,
    private readonly deps: AccountRowDeps,
  ) {
    this.record = record;
  }

  get now(): Account | undefined {
    return this.deps.store.state.accounts.get(this.record.id);
  }

  /** Why the account fails; null while it works or loads. */
  get problem(): Problem | null {
    const state = this.now?.state;
    return state?.kind === 'failed' ? state.problem : null;
  }

  /** Ends all updates of the row; the store keeps its last content. */
  stop(): void {
    this.#isStopped = true;
  }

  tell(state: Account['state']): void {
    if (!this.#isStopped) this.deps.store.apply([this.change(state)]);
  }

  /** Writes the row again with its present state. No-op for an account that is not in the store. */
  refresh(): void {
    if (this.now !== undefined) this.tell(this.now.state);
  }

  covered(coverage: Coverage): void {
    const isSame = JSON.stringify(coverage) === JSON.stringify(this.#coverage);
    this.#coverage = coverage;
    if (!isSame) this.refresh();
  }

  change(state: Account['state']): Change {
    const { panel, user } = this.deps;
    const { id, label, panelUrl, keyStorage, isDemo, allServers } = this.record;
    const unread = panel.unreadServers();
    const strange = panel.strangeServers();
    const agreements = agreementsOf(this.record);
    const account: Account = {
      id,
      label,
      panelUrl,
      keyStorage,
      isDemo,
      user: user(),
      ...(allServers === true ? { allServers } : {}),
      ...(unread > 0 ? { unreadServers: unread } : {}),
      ...this.#coverage,
      ...(strange > 0 ? { strangeServers: strange } : {}),
      ...(agreements.length > 0 ? { agreements } : {}),
      ...sftpShown(this.record),
      ...keyRenewalShown(this.record),
      state,
    };
    return { kind: 'account-upserted', account };
  }
}
