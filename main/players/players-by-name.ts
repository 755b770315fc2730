/** Names of the players of one server, with the times since which answers of the game have named them. Pure. */
import type { NamedPlayer } from '../../bridge/schema/players.js';
import type { QueryAnswer } from '../query/query-answer.js';

/** Times that differ by less than this belong to one connection, because games round times. */
const roundingMs = 5000;

export class PlayersByName {
  #all: readonly NamedPlayer[] | null = null;

  /** null if the game names nobody. */
  get all(): readonly NamedPlayer[] | null {
    return this.#all;
  }

  clear(): void {
    this.#all = null;
  }

  take({ names, players }: Pick<QueryAnswer, 'names' | 'players'>, now: number): void {
    if (names === null) return this.clear();
    const before = new Map((this.#all ?? []).map((player) => [player.name, player]));
    // Minecraft names only some of its players, each time others, so a missing player may still be on.
    const isPart = players === null || names.length < players;
    const isFirst = this.#all === null;
    const named = names.map(({ seconds, pingMs, ...plain }): NamedPlayer => {
      const { name } = plain;
      const known = before.get(name)?.since ?? null;
      if (seconds === null) return { ...plain, since: known ?? (isFirst || isPart ? null : now), pingMs };
      const since = now - seconds * 1000;
      return {
        ...plain,
        since: known !== null && Math.abs(known - since) < roundingMs ? known : since,
        pingMs,
      };
    });
    this.#all = named;
  }
}
