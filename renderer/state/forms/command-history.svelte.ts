/**
 * Commands sent to one server, for Up and Down, and the unsent text of its command line.
 * Main stores sent commands on disk.
 */
import { SvelteMap } from 'svelte/reactivity';
import { forgetOthers, keptById } from './kept-by-id.js';

const most = 1000;

export class CommandHistory {
  /** Unsent text; survives leaving the server's view. */
  draft = $state('');
  #commands: readonly string[] = [];
  /** Index of the shown command; equal to the length while the draft is shown. */
  #at = 0;

  /** Newest first, each command once; for the search. */
  get recent(): string[] {
    const newest = this.#commands.toReversed();
    return newest.filter((command, at) => newest.indexOf(command) === at);
  }

  /** Adds a sent command as the newest and clears the draft. */
  add(command: string): void {
    if (this.#commands.at(-1) !== command) this.#keep([...this.#commands, command]);
    this.#at = this.#commands.length;
    this.draft = '';
  }

  /** Merges main's commands (oldest first); commands that only this window knows keep their places. */
  merge(kept: readonly string[]): void {
    const wasOnDraft = this.#at === this.#commands.length;
    const behind = this.#commands.length - this.#at;
    this.#keep(mergeHistories(kept, this.#commands));
    this.#at = wasOnDraft ? this.#commands.length : Math.max(0, this.#commands.length - behind);
  }

  /** Clears the history, but not the draft. */
  forget(): void {
    this.#commands = [];
    this.#at = 0;
  }

  /** Removes a command, however often it was sent. Up and Down start at the newest again. */
  forgetCommand(command: string): void {
    this.#commands = this.#commands.filter((one) => one !== command);
    this.#at = this.#commands.length;
  }

  /** The command before the shown one; null if there is none. Stores `shown` as the draft when leaving the draft. */
  older(shown: string): string | null {
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
 * back, because that end is complete in both lists.
 */
export function mergeHistories(kept: readonly string[], own: readonly string[]): string[] {
  const merged: string[] = [];
  let left = kept.length;
  for (const command of own.toReversed()) {
    const at = left === 0 ? -1 : kept.lastIndexOf(command, left - 1);
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

  /** Ids of servers with unsent text in their command line. */
  get serversWithDrafts(): string[] {
    return [...this.#histories].filter(([, { draft }]) => draft.trim() !== '').map(([id]) => id);
  }

  of(serverId: string): CommandHistory {
    return keptById(this.#histories, serverId, () => new CommandHistory());
  }

  /** Drops the histories of removed servers; main keeps theirs on disk. */
  keepOnly(servers: readonly { readonly id: string }[]): void {
    forgetOthers(this.#histories, servers);
  }
}
