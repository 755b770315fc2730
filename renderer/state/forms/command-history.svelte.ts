/**
 * Commands typed for one server, for Up and Down, and the unsent text of its command line.
 * Main stores sent commands on disk; commands that were not sent are only here.
 */
import { SvelteMap } from 'svelte/reactivity';
import { Task } from '../task.svelte.js';
import { forgetOthers, keptById } from './kept-by-id.js';

const most = 1000;

export class CommandHistory {
  /** Unsent text; survives leaving the server's view. */
  draft = $state('');
  /** Sending of typed commands, which may come back as the draft. */
  readonly sending = new Task();
  #commands: readonly string[] = [];
  /** Commands that main has not taken, each once; the newest of equal commands is meant. */
  #unsent: readonly string[] = [];
  /** Index of the shown command; equal to the length while the draft is shown. */
  #at = 0;

  /** Newest first, each command once; for the search. */
  get recent(): string[] {
    const newest = this.#commands.toReversed();
    return newest.filter((command, at) => newest.indexOf(command) === at);
  }

  /** Adds a command that main has yet to take; `sent` follows. A further try moves the command to the end. */
  addUnsent(command: string): void {
    if (this.#unsent.includes(command)) {
      this.#commands = this.#commands.toSpliced(this.#commands.lastIndexOf(command), 1);
    } else this.#unsent = [...this.#unsent, command];
    this.add(command);
  }

  /** Main has taken the command. */
  sent(command: string): void {
    this.#unsent = this.#unsent.filter((one) => one !== command);
  }

  /** Adds a command as the newest and clears the draft. */
  add(command: string): void {
    if (this.#commands.at(-1) !== command) this.#keep([...this.#commands, command]);
    this.#at = this.#commands.length;
    this.draft = '';
  }

  /** Merges main's commands (oldest first); commands that only this window knows keep their places. */
  merge(kept: readonly string[]): void {
    const wasOnDraft = this.#at === this.#commands.length;
    const behind = this.#commands.length - this.#at;
    this.#keep(mergeHistories(kept, this.#commands, this.#unsent));
    this.#at = wasOnDraft ? this.#commands.length : Math.max(0, this.#commands.length - behind);
  }

  /** Clears the history, but not the draft. */
  forget(): void {
    this.#commands = [];
    this.#unsent = [];
    this.#at = 0;
  }

  /** Removes a command, however often it was sent. Up and Down start at the newest again. */
  forgetCommand(command: string): void {
    this.#commands = this.#commands.filter((one) => one !== command);
    this.sent(command);
    this.#at = this.#commands.length;
  }

  /**
   * The command before the shown one; null if there is none. Stores `shown` as the draft when leaving the draft.
   * A draft that equals the newest command, such as a refused command, counts as this command.
   */
  older(shown: string): string | null {
    if (this.#at === this.#commands.length && this.#commands.at(-1) === shown) this.#at -= 1;
    if (this.#at === 0) return null;
    if (this.#at === this.#commands.length) this.draft = shown;
    this.#at -= 1;
    return this.#commands[this.#at] ?? null;
  }

  /** The command after the shown one, finally the draft; null if the draft is shown already. */
  newer(): string | null {
    if (this.#at >= this.#commands.length) return null;
    this.#at += 1;
    return this.#commands[this.#at] ?? this.draft;
  }

  /** The user typed, so the text is a draft again. */
  typed(shown: string): void {
    this.#at = this.#commands.length;
    this.draft = shown;
  }

  #keep(commands: readonly string[]): void {
    this.#commands = commands.slice(-most);
  }
}

/**
 * Merges `kept` with commands that main does not have, at their places.
 * A command may be missing in main: it drops the oldest and never stores a very long one. Compares from the newest
 * back, because that end is complete in both lists, apart from commands of `own` that are `unsent`.
 */
export function mergeHistories(
  kept: readonly string[],
  own: readonly string[],
  unsent: readonly string[] = [],
): string[] {
  const merged: string[] = [];
  let missing = unsent;
  let left = kept.length;
  for (const command of own.toReversed()) {
    const isMissing = missing.includes(command);
    if (isMissing) missing = missing.filter((one) => one !== command);
    const at = isMissing || left === 0 ? -1 : kept.lastIndexOf(command, left - 1);
    if (at === -1) {
      merged.push(command);
      continue;
    }
    merged.push(...kept.slice(at, left).reverse());
    left = at;
  }
  return [...merged, ...kept.slice(0, left).reverse()].reverse();
}

/** Command histories of all servers of a window. */
export class CommandHistories {
  readonly #histories = new SvelteMap<string, CommandHistory>();

  /** Ids of servers with unsent text in their command line, or with a command that is being sent. */
  get serversWithDrafts(): string[] {
    return [...this.#histories]
      .filter(([, { draft, sending }]) => draft.trim() !== '' || sending.isRunning)
      .map(([id]) => id);
  }

  of(serverId: string): CommandHistory {
    return keptById(this.#histories, serverId, () => new CommandHistory());
  }

  /** Drops the histories of removed servers; main keeps theirs on disk. */
  keepOnly(servers: readonly { readonly id: string }[]): void {
    forgetOthers(this.#histories, servers);
  }
}
