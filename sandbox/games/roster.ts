import type { QueriedPlayer } from './query/queried-game.js';

/** Players who are on a game, in the order in which they joined. */
export class Roster {
  readonly #since = new Map<string, number>();

  constructor(private readonly now: () => number) {}

  get names(): readonly string[] {
    return [...this.#since.keys()];
  }

  get size(): number {
    return this.#since.size;
  }

  has(name: string): boolean {
    return this.#since.has(name);
  }

  join(name: string): void {
    if (!this.#since.has(name)) this.#since.set(name, this.now());
  }

  leave(name: string): void {
    this.#since.delete(name);
  }

  queried(): QueriedPlayer[] {
    return [...this.#since].map(([name, at]) => ({ name, seconds: (this.now() - at) / 1000 }));
  }
}
