/**
 * The form that connects a panel. It outlives its view, so nothing that was typed is lost by looking elsewhere;
 * the key is forgotten as soon as main has it, or when the window is closed.
 */
import type { CallOutput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { sentence, spoken, type Sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { CopiedKey } from './copied-key.svelte.js';
import { PanelLook } from './panel-look.svelte.js';

type NewAccount = CallOutput<'accounts.add'>;

export type FieldName = 'url' | 'key';

export class ConnectForm {
  /** What is known of the panel that is typed. */
  readonly panel: PanelLook;
  url = $state('');
  key = $state('');
  /** The key in the clipboard, which main has once it is taken. */
  readonly copied: CopiedKey;
  /** A key stood here when the window was closed. */
  keyForgotten = $state(false);
  /** What is going on; the fields stay open meanwhile. */
  working = $state<'connect' | 'demo' | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Which of the two ways the problem belongs to. */
  failed = $state<'connect' | 'demo' | null>(null);
  readonly #client: PerchClient;
  readonly #knownIds: () => readonly string[];
  #attempt = 0;
  /** What the person agreed to for this very address. */
  #trusted: string | null = null;
  #keep: 'keychain' | 'memory' = 'keychain';

  /** `knownIds` lists the accounts that are there: cancelling must never take one of them away. */
  constructor(client: PerchClient, knownIds: () => readonly string[]) {
    this.#client = client;
    this.panel = new PanelLook(client);
    this.copied = new CopiedKey(client, () => null);
    this.#knownIds = knownIds;
  }

  /** What is wrong with a field; undefined while nothing is. */
  fieldError(name: FieldName): string | undefined {
    const wrong = this.failed === 'connect' ? this.problem?.fields?.[name] : undefined;
    return wrong === undefined ? undefined : spoken(wrong);
  }

  /** The problem as a whole, where it does not stand at the fields already. */
  get formProblem(): Problem | null {
    const atFields = this.fieldError('url') !== undefined || this.fieldError('key') !== undefined;
    return atFields ? null : this.problem;
  }

  /**
   * An address that the person typed and that is not connected yet. A key alone is no draft: no window is kept for
   * a secret.
   */
  get hasDraft(): boolean {
    return this.url.trim() !== '';
  }

  /** Of a window that is closed the key does not stay, for nobody knows for how long it is kept; the address does. */
  forgetKey(): void {
    this.copied.giveBack();
    if (this.key === '') return;
    this.key = '';
    this.keyForgotten = true;
  }

  /** The address was changed: what was agreed to for another one does not hold. */
  urlChanged(): void {
    this.#trusted = null;
    this.panel.changed(this.url);
    this.#edited();
  }

  /** The person goes on to what is below. */
  urlLeft(): void {
    void this.panel.look(this.url);
  }

  /** Opens the page in the browser where the panel makes keys; only where it is known. */
  async openKeyPage(): Promise<void> {
    const problem = await this.panel.openKeyPage();
    if (problem === null) return;
    this.problem = problem;
    this.failed = 'connect';
  }

  keyChanged(): void {
    this.keyForgotten = false;
    this.#edited();
  }

  /** The offer of the copied key was pressed. Answers whether main has it. */
  async takeKey(): Promise<boolean> {
    const problem = await this.copied.take();
    if (this.copied.isTaken) this.keyChanged();
    if (problem === null) return this.copied.isTaken;
    this.problem = problem;
    this.failed = 'connect';
    return false;
  }

  /** Answers the new account, or null where it failed or was cancelled; `problem` says why. */
  async connect(): Promise<NewAccount | null> {
    const missing = this.#missing();
    if (missing !== null) {
      this.problem = missing;
      this.failed = 'connect';
      return null;
    }
    const account = await this.#run('connect', () =>
      this.#client.call('accounts.add', {
        url: this.url.trim(),
        key: this.copied.isTaken ? null : this.key.trim(),
        keep: this.#keep,
        ...(this.#trusted === null ? {} : { trustFingerprint: this.#trusted }),
      }),
    );
    if (account !== null) this.#clear();
    // Main has it no longer: the field is there to be typed in, with what main says of it.
    else if (this.fieldError('key') !== undefined) this.copied.giveBack();
    return account;
  }

  /** The fields are emptied as after connecting a panel: nobody sees the form or a draft in it any more. */
  async demo(): Promise<NewAccount | null> {
    const account = await this.#run('demo', () => this.#client.call('demo.start'));
    if (account !== null) this.#clear();
    return account;
  }

  /** After the fingerprint was shown and the person agreed. */
  trust(fingerprint: string): Promise<NewAccount | null> {
    this.#trusted = fingerprint;
    return this.connect();
  }

  /** After a keychain problem was shown and the person chose it. */
  keepInMemory(): Promise<NewAccount | null> {
    this.#keep = 'memory';
    return this.connect();
  }

  cancel(): void {
    this.#attempt += 1;
    this.working = null;
  }

  async #run(way: 'connect' | 'demo', ask: () => Promise<NewAccount>): Promise<NewAccount | null> {
    const attempt = ++this.#attempt;
    const before = this.#knownIds();
    this.working = way;
    this.problem = null;
    this.failed = null;
    try {
      const account = await ask();
      if (attempt === this.#attempt) return account;
      if (!before.includes(account.id)) this.#takeBack(account);
    } catch (error) {
      if (attempt === this.#attempt) {
        this.problem = toProblem(error);
        this.failed = way;
      }
    } finally {
      if (attempt === this.#attempt) this.working = null;
      this.#keep = 'keychain';
    }
    return null;
  }

  /** Cancelled, yet it worked: the account that came of that attempt is removed, unless it is being asked for again. */
  #takeBack(account: NewAccount): void {
    if (this.working !== null) return;
    this.#client.call('accounts.remove', { accountId: account.id }).catch(() => undefined);
  }

  /** A field was changed, so what was said of the old text no longer holds. */
  #edited(): void {
    if (this.working !== null) return;
    this.problem = null;
    this.failed = null;
  }

  #missing(): Problem | null {
    const fields: Partial<Record<FieldName, Sentence>> = {};
    if (this.url.trim() === '') fields.url = sentence('connect.url-missing');
    if (this.key.trim() === '' && !this.copied.isTaken) fields.key = sentence('connect.key-missing');
    if (Object.keys(fields).length === 0) return null;
    return {
      code: 'invalid',
      message: sentence('connect.missing'),
      next: sentence('connect.missing-next'),
      fields,
    };
  }

  #clear(): void {
    this.url = '';
    this.key = '';
    this.copied.giveBack();
    this.keyForgotten = false;
    this.panel.changed('');
    this.#trusted = null;
  }
}
