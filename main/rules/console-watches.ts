/**
 * Reads the consoles of servers whose lines a rule waits for, or is triggered by.
 *
 * A watched console keeps a live session, so only these servers are watched. Lines that were printed before are no facts.
 */
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { Consoles } from '../fleet/api.js';

export interface ConsoleWatchesDeps {
  readonly consoles: Pick<Consoles, 'watch'>;
  /** Called with each line of text that the server prints now. */
  line(serverId: string, line: ConsoleLine, text: string): void;
}

/** Limit of consoles that rules keep open, because each console costs a session. */
const mostConsoles = 50;

export class ConsoleWatches {
  readonly #watched = new Map<string, () => void>();
  #runs: readonly string[] = [];
  #triggers: readonly string[] = [];

  constructor(private readonly deps: ConsoleWatchesDeps) {}

  /**
   * Watches the servers whose lines a run or a trigger waits for, at most `mostConsoles`, and no other. Every change of a
   * run asks for that, and hardly one changes the servers.
   */
  watch(runs: readonly string[], triggers: readonly string[]): void {
    if (triggers === this.#triggers && isSame(runs, this.#runs)) return;
    [this.#runs, this.#triggers] = [runs, triggers];
    const wanted = new Set([...new Set([...runs, ...triggers])].slice(0, mostConsoles));
    for (const [id, end] of this.#watched) {
      if (wanted.has(id)) continue;
      end();
      this.#watched.delete(id);
    }
    for (const id of wanted) if (!this.#watched.has(id)) this.#watched.set(id, this.#open(id));
  }

  stop(): void {
    this.watch([], []);
  }

  #open(serverId: string): () => void {
    return this.deps.consoles.watch(serverId, {
      snapshot: () => undefined,
      link: () => undefined,
      reset: () => undefined,
      lines: (lines) => {
        for (const line of lines) {
          if (line.source === 'history') continue;
          for (const text of line.text.split('\n')) this.deps.line(serverId, line, text);
        }
      },
    });
  }
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}
