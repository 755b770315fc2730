/** Text of one server's command line, and the sending of this text. */
import type { PerchClient } from '../../api.js';
import type { CommandHistory } from '../../state/forms/command-history.svelte.js';
import { Task } from '../../state/task.svelte.js';
import { isCommandTooLong } from './paste.js';
import { CommandRun } from './command-run.svelte.js';

export class CommandEntry {
  value = $state('');
  readonly sending = new Task();
  /** True if the command may have been sent already: the user decides whether to send it again. */
  asksAgain = $state(false);
  /** Sends several commands in sequence. */
  readonly run: CommandRun;

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    readonly history: CommandHistory,
    now: () => number,
  ) {
    this.value = history.draft;
    this.run = new CommandRun((command, since) => this.#sendOne(command, since), now);
  }

  /** True if the command is longer than a program reads of one line. */
  get isTooLong(): boolean {
    return isCommandTooLong(this.value);
  }

  start(): void {
    // Without main's history, the history of this window remains.
    this.client.call('command.history', { serverId: this.serverId }).then(
      ({ commands }) => this.history.merge(commands),
      () => undefined,
    );
  }

  /** Stops the run when the user leaves: its commands would go out unseen. */
  stop(): void {
    this.run.stop();
  }

  /** Takes text that the user typed or picked. */
  type(text: string): void {
    this.value = text;
    this.sending.problem = null;
    this.asksAgain = false;
    this.history.typed(text);
  }

  /** The user declines to send again; the text stays. */
  leave(): void {
    this.asksAgain = false;
  }

  /** Shows the next older command; false without one. */
  older(): boolean {
    return this.#show(this.history.older(this.value));
  }

  /** Shows the next newer command; false without one. */
  newer(): boolean {
    return this.#show(this.history.newer());
  }

  /**
   * Sends the text. `again` = the user agreed to repeat a command that may have been sent; Enter alone is no
   * agreement.
   */
  async send(again = false): Promise<void> {
    const command = this.value;
    if (this.sending.isRunning || command.trim() === '' || this.asksAgain !== again) return;
    this.asksAgain = false;
    const done = await this.sending.run(() => this.#call({ command, ...(again ? { again } : {}) }));
    if (done?.value.isTaken === true) this.#taken(command);
    else if (done !== null) this.asksAgain = this.value === command;
  }

  #taken(command: string): void {
    this.history.add(command);
    // Text typed during the call stays.
    if (this.value === command) this.value = '';
    else this.history.typed(this.value);
  }

  #show(command: string | null): boolean {
    if (command === null) return false;
    this.value = command;
    this.asksAgain = false;
    return true;
  }

  /** Sends one command of a run and leaves the text of the line alone. */
  async #sendOne(command: string, runSince: number): Promise<void> {
    await this.#call({ command, runSince });
    const { draft } = this.history;
    this.history.add(command);
    this.history.typed(draft);
  }

  #call(what: { command: string; runSince?: number; again?: boolean }): Promise<{ isTaken: boolean }> {
    return this.client.call('command.send', { serverId: this.serverId, ...what });
  }
}
