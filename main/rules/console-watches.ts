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

/** Most consoles that rules keep open, because each one costs a session. */
const mostConsoles = 50;

export class ConsoleWatches {
  readonly #watched = new Map<string, () => void>();

  constructor(private readonly deps: ConsoleWatchesDeps) {}

  /** Watches these servers, at most `mostConsoles`, and no other. */
  watch(serverIds: ReadonlySet<string>): void {
    const wanted = new Set([...serverIds].slice(0, mostConsoles));
    for (const [id, end] of this.#watched) {
      if (wanted.has(id)) continue;
      end();
      this.#watched.delete(id);
    }
    for (const id of wanted) if (!this.#watched.has(id)) this.#watched.set(id, this.#open(id));
  }

  stop(): void {
    this.watch(new Set());
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
