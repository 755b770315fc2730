/**
 * The form that gives a panel another key. What is typed stays while it fails; the key is forgotten as soon as main has
 * it, or when the form or the window is closed.
 */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { CopiedKey } from './copied-key.svelte.js';
import { PanelLook } from './panel-look.svelte.js';

export class ReplaceKeyForm {
  /** Whose key it is about; null while the form is closed. */
  accountId = $state<string | null>(null);
  /** What is known of its panel. */
  readonly panel: PanelLook;
  key = $state('');
  /** The key in the clipboard, which main has once it is taken for this account. */
  readonly copied: CopiedKey;
  isWorking = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** Whose key was entered, where it is not the key of the user that is watched. */
  otherUser = $state<string | null>(null);
  readonly #client: PerchClient;
  #turn = 0;

  constructor(client: PerchClient) {
    this.#client = client;
    this.panel = new PanelLook(client);
    this.copied = new CopiedKey(client, () => this.accountId);
  }

  open(accountId: string): void {
    this.close();
    this.accountId = accountId;
  }

  /** What is on its way goes on: the panel may have the new key by then. */
  close(): void {
    this.#turn += 1;
    this.accountId = null;
    this.isWorking = false;
    this.key = '';
    this.copied.giveBack();
    this.keyChanged();
  }

  /** What was said of another key does not hold. */
  keyChanged(): void {
    this.problem = null;
    this.otherUser = null;
  }

  /** The offer of the copied key was pressed. Answers whether main has it. */
  async takeKey(): Promise<boolean> {
    const problem = await this.copied.take();
    if (this.copied.isTaken) this.keyChanged();
    if (problem !== null) this.problem = problem;
    return this.copied.isTaken;
  }

  async openKeyPage(): Promise<void> {
    this.problem = await this.panel.openKeyPage();
  }

  async replace(keep: 'keychain' | 'memory' = 'keychain'): Promise<void> {
    const { accountId, otherUser } = this;
    const key = this.copied.isTaken ? null : this.key;
    if (accountId === null || this.isWorking) return;
    const turn = ++this.#turn;
    this.isWorking = true;
    this.problem = null;
    const agreed = otherUser === null ? {} : { user: otherUser };
    try {
      const answer = await this.#client.call('accounts.replaceKey', { accountId, key, keep, ...agreed });
      if (turn !== this.#turn) return;
      if (answer.otherUser === null) this.close();
      // What was typed meanwhile has not been looked at.
      else if (key === (this.copied.isTaken ? null : this.key)) this.otherUser = answer.otherUser;
    } catch (error) {
      if (turn !== this.#turn) return;
      this.problem = toProblem(error);
      // Main has it no longer: the field is there to be typed in.
      if (this.problem.fields?.['key'] !== undefined) this.copied.giveBack();
    } finally {
      if (turn === this.#turn) this.isWorking = false;
    }
  }
}
