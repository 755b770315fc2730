import type { Clock } from '../base/ports.js';
import type { TurnDelay } from './run-state.js';
import { TurnQueue, type TurnEnd } from './turn-queue.js';

/** A run that waits for its turn at the panel of a server. */
export interface Turn {
  readonly ruleId: string;
  readonly run: string;
  readonly serverId: string;
}

export interface RuleTurnsDeps {
  readonly clock: Clock;
  /** Address of the panel. Its servers follow each other. */
  panelOf(serverId: string): string;
  /** Monotonic time until which the panel of the server rests; null = no rest. */
  restUntil(serverId: string): number | null;
  /** Pause in ms between two servers of a panel. */
  pauseMs(): number;
  /** Gives a run its turn; `false` = the run has ended, and sends nothing. */
  give(turn: Turn): boolean;
}

/** Gives runs their turns. A turn lasts until the run has the answer to its order (RULES "Turns"). */
export class RuleTurns {
  readonly #queue: TurnQueue<Turn>;
  /** Ends of the turns that have begun, by the id of the run. */
  readonly #begun = new Map<string, (end: TurnEnd) => void>();

  constructor(private readonly deps: RuleTurnsDeps) {
    const { clock, pauseMs } = deps;
    this.#queue = new TurnQueue({ clock, pauseMs, run: (turn) => this.#run(turn) });
  }

  /** A run whose order was refused in its turn waits for another one after the delay. */
  wants({ delay, ...turn }: Turn & { readonly delay: TurnDelay | null }): void {
    const end = this.#begun.get(turn.run);
    if (end === undefined) return this.#queue.add(this.deps.panelOf(turn.serverId), turn, delay);
    this.#begun.delete(turn.run);
    end(delay ?? { ms: 0, ofPanel: false });
  }

  /** The turn of the run is over. No-op without a turn. */
  over(run: string): void {
    this.#begun.get(run)?.(null);
    this.#begun.delete(run);
  }

  stop(): void {
    this.#queue.stop();
  }

  #run(turn: Turn): Promise<TurnEnd> {
    const { clock, give, restUntil } = this.deps;
    const rest = (restUntil(turn.serverId) ?? -Infinity) - clock.now();
    if (rest > 0) return Promise.resolve({ ms: rest, ofPanel: true });
    return new Promise((resolve) => {
      this.#begun.set(turn.run, resolve);
      if (give(turn)) return;
      this.#begun.delete(turn.run);
      resolve('unused');
    });
  }
}
