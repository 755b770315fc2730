/** Counts the players on a server from its console lines. Pure. */
import type { PlayerNews } from './player-lines.js';

/** Most players to track by name; a console that names more is wrong. */
const mostNames = 2000;

export class PlayerCount {
  /** Both sets are made on first use, because most servers name no players. */
  #named: Set<string> | null = null;
  /** Players from a list without names. */
  #unnamed = 0;
  /** Names of unnamed players who left, because games may report this twice. */
  #gone: Set<string> | null = null;
  /** True if nothing was missed since the process started or since a list. */
  #isWhole = false;
  /** True once the game has reported players. */
  #isSpoken = false;

  /** Number of players; null = unknown. */
  get now(): number | null {
    return this.#isWhole && this.#isSpoken ? (this.#named?.size ?? 0) + this.#unnamed : null;
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
      this.#gone?.delete(who);
      this.#named ??= new Set();
      if (this.#named.add(who).size > mostNames) this.lost();
      return;
    }
    if (this.#named?.delete(who) === true || kind === 'dropped' || this.#gone?.has(who) === true) return;
    if (this.#unnamed === 0) return;
    if ((this.#gone ??= new Set()).add(who).size > mostNames) return this.lost();
    this.#unnamed--;
  }

  #listed(count: number, names: readonly string[]): void {
    this.#clear();
    this.#isWhole = true;
    this.#named = new Set(names.slice(0, mostNames));
    this.#unnamed = Math.max(0, count - this.#named.size);
  }

  #clear(): void {
    this.#named = null;
    this.#gone = null;
    this.#unnamed = 0;
  }
}
