/** Text of one server's command line, and the sending of this text. */
import type { PerchClient } from '../../api.js';
import type { CommandHistory } from '../../state/forms/command-history.svelte.js';
import type { Task } from '../../state/task.svelte.js';
import { isCommandTooLong } from './paste.js';
import { CommandRun } from './command-run.svelte.js';
import { TypedQueue, type QueueStop, type TypedCommand } from './typed-queue.js';

/** `isBack` = the line was empty and shows the command again. */
export type StoppedCommand = QueueStop & { readonly isBack: boolean };

export class CommandEntry {
  value = $state('');
  /** The last command that was not taken, until the user has reacted. */
  stopped = $state.raw<StoppedCommand | null>(null);
  /** Sends several commands in sequence. A command typed meanwhile goes out between two of them. */
  readonly run: CommandRun;
  readonly #queue: TypedQueue;

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
    readonly history: CommandHistory,
    now: () => number,
  ) {
    this.value = history.draft;
    this.run = new CommandRun((command, since) => this.#sendOne(command, since), now);
    this.#queue = new TypedQueue(
      (typed) => this.#sendTyped(typed),
      (stop) => {
        this.stopped = { ...stop, isBack: this.#giveBack(stop.command) };
      },
    );
  }

  get sending(): Task {
    return this.history.sending;
  }

  /** True if the stopped command may have been sent already: the user decides whether to send it again. */
  get asksAgain(): boolean {
    return this.stopped !== null && this.stopped.problem === null;
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

  /** Holds back all unsent commands when the user leaves: they would go out unseen. */
  stop(): void {
    this.run.stop();
    const [unsent] = this.#queue.clear();
    if (unsent !== undefined) this.#giveBack(unsent.command);
  }

  /** Takes text that the user typed or picked. */
  type(text: string): void {
    this.value = text;
    this.history.typed(text);
    if (text === '') this.#forgetRefusal();
  }

  /** The user declines to send again, or has read the refusal. The command stays in the line or in the history. */
  leave(): void {
    this.stopped = null;
  }

  /** Shows the next older command; false without one. */
  older(): boolean {
    return this.#show(this.history.older(this.value));
  }

  /** Shows the next newer command; false without one. */
  newer(): boolean {
    return this.#show(this.history.newer());
  }

  /** Sends the text, after the commands before it. Enter alone is no agreement to repeat a command. */
  async send(): Promise<void> {
    const command = this.value;
    const isStopped = command === this.stopped?.command;
    if (command.trim() === '' || (isStopped && this.asksAgain)) return;
    if (isStopped) this.leave();
    else this.#forgetRefusal();
    await this.#enqueue({ command });
  }

  /** Sends the command in question again: the user agreed. */
  async sendAgain(): Promise<void> {
    if (this.stopped === null || !this.asksAgain) return;
    const { command } = this.stopped;
    this.leave();
    await this.#enqueue({ command, again: true });
  }

  /** The history has the command from now on, so Up shows it even if it is never sent. */
  async #enqueue(typed: TypedCommand): Promise<void> {
    const { draft } = this.history;
    this.history.addUnsent(typed.command);
    if (this.value === typed.command) this.value = '';
    else this.history.typed(draft);
    await this.sending.run(() => this.#queue.add(typed));
  }

  /** Shows an unsent command in the line, unless the line holds other text. */
  #giveBack(command: string): boolean {
    if (this.value !== '' || this.history.draft !== '') return false;
    this.value = command;
    this.history.typed(command);
    return true;
  }

  /** A refusal of a command that did not come back stays: a person who types on may not have seen it yet. */
  #forgetRefusal(): void {
    if (this.stopped?.isBack === true && !this.asksAgain) this.leave();
  }

  #show(command: string | null): boolean {
    if (command === null) return false;
    this.value = command;
    return true;
  }

  async #sendTyped(typed: TypedCommand): Promise<{ isTaken: boolean }> {
    const answer = await this.#call(typed);
    if (answer.isTaken) this.history.sent(typed.command);
    return answer;
  }

  /** Sends one command of a run and leaves the text of the line alone. */
  async #sendOne(command: string, runSince: number): Promise<void> {
    await this.#call({ command, runSince });
    const { draft } = this.history;
    this.history.add(command);
    this.history.typed(draft);
  }

  #call(what: TypedCommand & { runSince?: number }): Promise<{ isTaken: boolean }> {
    return this.client.call('command.send', { serverId: this.serverId, ...what });
  }
}
