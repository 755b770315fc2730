/**
 * The form that connects a panel.
 * It outlives its view, so typed text survives a change of view. The key is deleted as soon as main has it, or when
 * the window is closed.
 */
import type { CallOutput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { sentence, spoken, type Sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { CopiedKey } from './copied-key.svelte.js';
import { PanelProbe } from './panel-probe.svelte.js';

type NewAccount = CallOutput<'accounts.add'>;

export type FieldName = 'url' | 'key';

export class ConnectForm {
  /** Facts about the typed panel, as far as main has found them. */
  readonly panel: PanelProbe;
  url = $state('');
  key = $state('');
  /** The key in the clipboard; main holds it once it is taken. */
  readonly copied: CopiedKey;
  /** True if the key was deleted because the window was closed. */
  keyForgotten = $state(false);
  /** The action in progress; the fields stay editable meanwhile. */
  working = $state<'connect' | 'demo' | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The action that `problem` belongs to. */
  failed = $state<'connect' | 'demo' | null>(null);
  #attempt = 0;
  /** Fingerprint that the user accepted for exactly this address. */
  #trusted: string | null = null;
  #keep: 'keychain' | 'memory' = 'keychain';

  /** `knownIds` returns the ids of existing accounts: cancelling must never remove one of these accounts. */
  constructor(
    private readonly client: PerchClient,
    private readonly knownIds: () => readonly string[],
  ) {
    this.panel = new PanelProbe(client);
    this.copied = new CopiedKey(client, () => null);
  }

  /** Error of a field; undefined = none. */
  fieldError(name: FieldName): string | undefined {
    const wrong = this.failed === 'connect' ? this.problem?.fields?.[name] : undefined;
    return wrong === undefined ? undefined : spoken(wrong);
  }

  /** The problem to show for the whole form; null if a field shows it already. */
  get formProblem(): Problem | null {
    const atFields = this.fieldError('url') !== undefined || this.fieldError('key') !== undefined;
    return atFields ? null : this.problem;
  }

  /**
   * True if the user typed an address that is not connected yet.
   * A key alone is no draft: Perch keeps no window open for a secret.
   */
  get hasDraft(): boolean {
    return this.url.trim() !== '';
  }

  /** Deletes the key when the window is closed, because the hidden window may live for long. The address stays. */
  forgetKey(): void {
    this.copied.giveBack();
    if (this.key === '') return;
    this.key = '';
    this.keyForgotten = true;
  }

  /** Drops the accepted fingerprint, which was for another address. */
  urlChanged(): void {
    this.#trusted = null;
    this.panel.changed(this.url);
    this.#edited();
  }

  /** The user left the address field. */
  urlLeft(): void {
    void this.panel.probe(this.url);
  }

  /** Opens the panel's page for API keys in the browser, if the panel is known. */
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

  /** Takes the key from the clipboard. Returns whether main has it. */
  async takeKey(): Promise<boolean> {
    const problem = await this.copied.take();
    if (this.copied.isTaken) this.keyChanged();
    if (problem === null) return this.copied.isTaken;
    this.problem = problem;
    this.failed = 'connect';
    return false;
  }

  /** Connects the panel. Returns the new account; null if that failed or was cancelled (see `problem`). */
  async connect(): Promise<NewAccount | null> {
    const missing = this.#missing();
    if (missing !== null) {
      this.problem = missing;
      this.failed = 'connect';
      return null;
    }
    const account = await this.#run('connect', () =>
      this.client.call('accounts.add', {
        url: this.url.trim(),
        key: this.copied.isTaken ? null : this.key.trim(),
        keep: this.#keep,
        ...(this.#trusted === null ? {} : { trustFingerprint: this.#trusted }),
      }),
    );
    if (account !== null) this.#clear();
    // Main no longer has the key, so the field becomes editable and shows main's message.
    else if (this.fieldError('key') !== undefined) this.copied.giveBack();
    return account;
  }

  /** Starts the demo. Clears the fields afterwards, as `connect` does, because the form disappears with its draft. */
  async demo(): Promise<NewAccount | null> {
    const account = await this.#run('demo', () => this.client.call('demo.start'));
    if (account !== null) this.#clear();
    return account;
  }

  /** Connects with the fingerprint that the user accepted. */
  trust(fingerprint: string): Promise<NewAccount | null> {
    this.#trusted = fingerprint;
    return this.connect();
  }

  /** Connects and stores the key in memory only, after the user chose that on a keychain problem. */
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
    const before = this.knownIds();
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

  /** Removes an account that was added although the user cancelled, unless a new attempt is running. */
  #takeBack(account: NewAccount): void {
    if (this.working !== null) return;
    this.client.send('accounts.remove', { accountId: account.id });
  }

  /** Clears the problem, which was about the old input. */
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
