/**
 * The form that replaces a panel's API key.
 * Input stays after a failure; the key is deleted as soon as main has it, or when the form or the window is closed.
 */
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { CopiedKey } from './copied-key.svelte.js';
import { PanelProbe } from './panel-probe.svelte.js';

export class ReplaceKeyForm {
  /** Account whose key is replaced; null while the form is closed. */
  accountId = $state<string | null>(null);
  /** Facts about the account's panel, as far as main has found them. */
  readonly panel: PanelProbe;
  key = $state('');
  /** The key in the clipboard; main holds it once it is taken for this account. */
  readonly copied: CopiedKey;
  readonly sending = new Task();
  /** User of the entered key, if that is another user than the account's; null otherwise. */
  otherUser = $state<string | null>(null);

  constructor(private readonly client: PerchClient) {
    this.panel = new PanelProbe(client);
    this.copied = new CopiedKey(client, () => this.accountId);
  }

  open(accountId: string): void {
    this.close();
    this.accountId = accountId;
  }

  /** Closes the form. A call in progress continues: the panel may already use the new key. */
  close(): void {
    this.sending.forget();
    this.accountId = null;
    this.key = '';
    this.copied.giveBack();
    this.keyChanged();
  }

  /** Clears messages about the previous key. */
  keyChanged(): void {
    this.sending.problem = null;
    this.otherUser = null;
  }

  /** Takes the key from the clipboard. Returns whether main has it. */
  async takeKey(): Promise<boolean> {
    const problem = await this.copied.take();
    if (this.copied.isTaken) this.keyChanged();
    if (problem !== null) this.sending.problem = problem;
    return this.copied.isTaken;
  }

  async openKeyPage(): Promise<void> {
    this.sending.problem = await this.panel.openKeyPage();
  }

  async replace(keep: 'keychain' | 'memory' = 'keychain'): Promise<void> {
    const { accountId, otherUser } = this;
    const key = this.copied.isTaken ? null : this.key;
    if (accountId === null || this.sending.isRunning) return;
    const agreed = otherUser === null ? {} : { user: otherUser };
    const done = await this.sending.run(() =>
      this.client.call('accounts.replaceKey', { accountId, key, keep, ...agreed }),
    );
    if (done?.value.otherUser === null) this.close();
    // The question belongs to the key that was sent, so it is dropped if the user typed another key meanwhile.
    else if (done !== null && key === (this.copied.isTaken ? null : this.key)) {
      this.otherUser = done.value.otherUser;
    }
    // Main no longer has the key, so the field becomes editable again.
    if (this.sending.problem?.fields?.['key'] !== undefined) this.copied.giveBack();
  }
}
