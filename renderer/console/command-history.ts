/** What was sent to one server, for Up and Down, and what stands in its command line unsent. In memory only. */
const most = 200;

export class CommandHistory {
  /** Survives leaving the server's view and coming back. */
  draft = '';
  readonly #commands: string[] = [];
  /** Where Up and Down stand; equal to the length when on the draft. */
  #at = 0;

  /** A command was sent: it becomes the newest, the draft is done. */
  add(command: string): void {
    if (this.#commands.at(-1) !== command) this.#commands.push(command);
    if (this.#commands.length > most) this.#commands.shift();
    this.#at = this.#commands.length;
    this.draft = '';
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
}

/** The histories of all servers of a window. */
export class CommandHistories {
  readonly #histories = new Map<string, CommandHistory>();

  of(serverId: string): CommandHistory {
    let history = this.#histories.get(serverId);
    if (history === undefined) {
      history = new CommandHistory();
      this.#histories.set(serverId, history);
    }
    return history;
  }
}
