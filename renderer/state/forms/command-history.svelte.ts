/** What was sent to one server, for Up and Down, and what stands in its command line unsent. Main keeps it on disk. */
import { SvelteMap } from 'svelte/reactivity';
import { forgetOthers } from './forget-others.js';

const most = 1000;

export class CommandHistory {
  /** Survives leaving the server's view and coming back. */
  draft = $state('');
  #commands: readonly string[] = [];
  /** Where Up and Down stand; equal to the length when on the draft. */
  #at = 0;

  /** Newest first, each command once: for searching. */
  get recent(): string[] {
    const newest = this.#commands.toReversed();
    return newest.filter((command, at) => newest.indexOf(command) === at);
  }

  /** A command was sent: it becomes the newest, and the draft is gone. */
  add(command: string): void {
    if (this.#commands.at(-1) !== command) this.#keep([...this.#commands, command]);
    this.#at = this.#commands.length;
    this.draft = '';
  }

  /** Takes what main has kept, oldest first; what only this window knows stays in its place. */
  merge(kept: readonly string[]): void {
    const wasOnDraft = this.#at === this.#commands.length;
    const behind = this.#commands.length - this.#at;
    this.#keep(mergeHistories(kept, this.#commands));
    this.#at = wasOnDraft ? this.#commands.length : Math.max(0, this.#commands.length - behind);
  }

  /** Nothing was ever sent. */
  forget(): void {
    this.#commands = [];
    this.#at = 0;
  }

  /** Forgets it, however often it was sent. Up and Down begin at the newest again. */
  forgetCommand(command: string): void {
    this.#commands = this.#commands.filter((one) => one !== command);
    this.#at = this.#commands.length;
  }

  /** The command before the one shown; null where there is none. `shown` is kept as draft when leaving it. */
  older(shown: string): string | null {
    if (this.#at === 0) return null;
    if (this.#at === this.#commands.length) this.draft = shown;
    this.#at -= 1;
    return this.#commands[this.#at] ?? null;
  }

  /** The command after the one shown, at last the draft; null where it is the draft already. */
  newer(): string | null {
    if (this.#at >= this.#commands.length) return null;
    this.#at += 1;
    return this.#commands[this.#at] ?? this.draft;
  }

  /** The person typed: what is shown is a draft again. */
  typed(shown: string): void {
    this.#at = this.#commands.length;
    this.draft = shown;
  }

  #keep(commands: readonly string[]): void {
    this.#commands = commands.slice(-most);
  }
}

/**
 * `kept`, with the commands that main does not know at the places where they were sent. Main drops the oldest and never
 * keeps a very long command, so a missing one tells nothing. Compared from the newest back, because that end is complete
 * in both.
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

/** The histories of all servers of a window. */
export class CommandHistories {
  readonly #histories = new SvelteMap<string, CommandHistory>();

  /** The servers in whose command line something stands unsent. */
  get serversWithDrafts(): string[] {
    return [...this.#histories].filter(([, { draft }]) => draft.trim() !== '').map(([id]) => id);
  }

  of(serverId: string): CommandHistory {
    let history = this.#histories.get(serverId);
    if (history === undefined) {
      history = new CommandHistory();
      this.#histories.set(serverId, history);
    }
    return history;
  }

  /** Forgets those of servers that are gone; main keeps what was sent. */
  keepOnly(servers: readonly { readonly id: string }[]): void {
    forgetOthers(this.#histories, servers);
  }
}
