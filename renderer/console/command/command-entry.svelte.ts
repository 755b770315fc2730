/** What stands in the command line of one server, and the sending of it. */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import type { CommandHistory } from '../../state/forms/command-history.svelte.js';
import { isTooLong } from './paste.js';
import { CommandRun } from './command-run.svelte.js';

export class CommandEntry {
  value = $state('');
  isSending = $state(false);
  /** Why the last command was not taken. */
  problem = $state.raw<Problem | null>(null);
  /** It may have been sent already: whether to send it again is for the person to say. */
  asksAgain = $state(false);
  /** Several commands, one after the other. */
  readonly run: CommandRun;
  readonly history: CommandHistory;
  readonly #client: PerchClient;
  readonly #serverId: string;

  constructor(client: PerchClient, serverId: string, history: CommandHistory, now: () => number) {
    this.#client = client;
    this.#serverId = serverId;
    this.history = history;
    this.value = history.draft;
    this.run = new CommandRun((command, since) => this.#sendOne(command, since), now);
  }

  /** A program would not read all of it. */
  get isTooLong(): boolean {
    return isTooLong(this.value);
  }

  start(): void {
    // Without what main keeps, the commands of this window are there.
    this.#client.call('command.history', { serverId: this.#serverId }).then(
      ({ commands }) => this.history.merge(commands),
      () => undefined,
    );
  }

  /** Someone who leaves does not see what would be sent. */
  stop(): void {
    this.run.stop();
  }

  /** The person has typed, or chosen what is to stand there. */
  type(text: string): void {
    this.value = text;
    this.problem = null;
    this.asksAgain = false;
    this.history.typed(text);
  }

  /** It is not sent again; what stands there stays. */
  leave(): void {
    this.asksAgain = false;
  }

  /** Up: false where nothing is older. */
  older(): boolean {
    return this.#show(this.history.older(this.value));
  }

  /** Down: false where nothing is newer. */
  newer(): boolean {
    return this.#show(this.history.newer());
  }

  /** `again` = the person agreed to send what may have been sent already; Enter alone does not say so. */
  async send(again = false): Promise<void> {
    const command = this.value;
    if (this.isSending || command.trim() === '' || this.asksAgain !== again) return;
    this.isSending = true;
    this.problem = null;
    this.asksAgain = false;
    try {
      const { isTaken } = await this.#call({ command, ...(again ? { again } : {}) });
      if (isTaken) this.#taken(command);
      else this.asksAgain = this.value === command;
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.isSending = false;
    }
  }

  #taken(command: string): void {
    this.history.add(command);
    // What was typed meanwhile stays.
    if (this.value === command) this.value = '';
    else this.history.typed(this.value);
  }

  #show(command: string | null): boolean {
    if (command === null) return false;
    this.value = command;
    this.asksAgain = false;
    return true;
  }

  /** One of several: what stands in the line is not touched. */
  async #sendOne(command: string, runSince: number): Promise<void> {
    await this.#call({ command, runSince });
    const { draft } = this.history;
    this.history.add(command);
    this.history.typed(draft);
  }

  #call(what: { command: string; runSince?: number; again?: boolean }): Promise<{ isTaken: boolean }> {
    return this.#client.call('command.send', { serverId: this.#serverId, ...what });
  }
}
