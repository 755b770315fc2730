/** Counts the players on a server from its console lines. Pure. */
import type { PlayerNews } from './player-lines.js';

/** Most players to track by name; a console that names more is wrong. */
const mostNames = 2000;

export class PlayerCount {
  readonly #named = new Set<string>();
  /** Players from a list without names. */
  #unnamed = 0;
  /** Names of unnamed players who left, because games may report this twice. */
  readonly #gone = new Set<string>();
  /** True if nothing was missed since the process started or since a list. */
  #isWhole = false;
  /** True once the game has reported players. */
  #isSpoken = false;

  /** Number of players; null = unknown. */
  get now(): number | null {
    return this.#isWhole && this.#isSpoken ? this.#named.size + this.#unnamed : null;
  }

  /** A new process starts without players. */
  began(): void {
    this.#clear();
    this.#isWhole = true;
  }

  /** Lines may be missed from now on. */
  lost(): void {
    this.#clear();
    this.#isWhole = false;
  }

  heard(news: PlayerNews): void {
    this.#isSpoken = true;
    if (news.kind === 'online') return this.#listed(news.count, news.names);
    if (!this.#isWhole) return;
    const { kind, who } = news;
    if (kind === 'joined') {
      this.#gone.delete(who);
      this.#named.add(who);
      if (this.#named.size > mostNames) this.lost();
      return;
    }
    if (this.#named.delete(who) || kind === 'dropped' || this.#gone.has(who)) return;
    if (this.#unnamed === 0) return;
    this.#gone.add(who);
    this.#unnamed--;
  }

  #listed(count: number, names: readonly string[]): void {
    this.#clear();
    this.#isWhole = true;
    for (const name of names.slice(0, mostNames)) this.#named.add(name);
    this.#unnamed = Math.max(0, count - this.#named.size);
  }

  #clear(): void {
    this.#named.clear();
    this.#gone.clear();
    this.#unnamed = 0;
  }
}
