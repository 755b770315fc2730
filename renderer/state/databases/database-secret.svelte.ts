import type { DatabaseText } from '../../../bridge/databases/connection.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** A shown password disappears after this time, in ms. */
const shownForMs = 60_000;
const saidForMs = 8000;

/** Outcome of the last press: the text that main has copied, or an opened program. */
type Outcome = DatabaseText | 'opened' | 'opened-alone';

/**
 * The password of one database. The window has the password only while shown: main copies it, and gives it to programs,
 * without the window.
 */
export class DatabaseSecret {
  /** null = not shown. */
  password = $state.raw<string | null>(null);
  outcome = $state<Outcome | null>(null);
  readonly task = new Task();
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: PerchClient,
    private readonly database: { readonly serverId: string; readonly database: string },
  ) {}

  async show(): Promise<void> {
    const answer = await this.#asked(() => this.client.call('databases.showPassword', this.database));
    if (answer === null) return;
    this.password = answer.value.password;
    this.#hiding = setTimeout(() => this.hide(), shownForMs);
  }

  hide(): void {
    clearTimeout(this.#hiding);
    this.password = null;
  }

  async copy(what: DatabaseText): Promise<void> {
    const done = await this.#asked(() => this.client.call('databases.copy', { ...this.database, what }));
    if (done !== null) this.#say(what);
  }

  /** Opens the program that the system has for addresses of databases. */
  async open(): Promise<void> {
    const answer = await this.#asked(() => this.client.call('databases.open', this.database));
    if (answer !== null) this.#say(answer.value.isCopied ? 'opened' : 'opened-alone');
  }

  stop(): void {
    this.hide();
    clearTimeout(this.#quiet);
    this.task.forget();
  }

  async #asked<T>(work: () => Promise<T>): Promise<{ readonly value: T } | null> {
    if (this.task.isRunning) return null;
    this.outcome = null;
    return this.task.run(work);
  }

  #say(outcome: Outcome): void {
    clearTimeout(this.#quiet);
    this.outcome = outcome;
    this.#quiet = setTimeout(() => (this.outcome = null), saidForMs);
  }
}
