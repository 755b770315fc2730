/** How many players are on a server, as far as its console told. Pure. */
import type { PlayerNews } from './player-lines.js';

/** So many who are told apart by name; a console that names more is not believed. */
const mostNames = 2000;

export class PlayerCount {
  readonly #named = new Set<string>();
  /** A list may say how many there are, and not who. */
  #unnamed = 0;
  /** Of the unnamed: games may say twice that somebody left. */
  readonly #gone = new Set<string>();
  /** Since the process began, or since a list, nothing was missed. */
  #isWhole = false;
  /** This game is known to say who comes and goes. */
  #isSpoken = false;

  /** null where it can't be known. */
  get now(): number | null {
    return this.#isWhole && this.#isSpoken ? this.#named.size + this.#unnamed : null;
  }

  /** A new process: nobody is on it. */
  began(): void {
    this.#clear();
    this.#isWhole = true;
  }

  /** From here on lines may be missed. */
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
