/** Console search: query, number of matches, current match. */
import { say } from '../../../messages/messages.js';
import type { TextSnapshot } from './buffer-text.js';
import type { TextMatches, Query } from './find-in-text.js';
import { mostMatches } from './find-in-text.js';
import { firstFrom, matchPlacesOf, type MatchPlace } from './match-rows.js';

/** Terminal that the search reads and marks. */
export interface SearchedText {
  read(): TextSnapshot;
  /** Last row in view. */
  bottom(): number;
  /** Colours all matches; `current` is the index of the current match. */
  mark(places: readonly MatchPlace[], snapshot: TextSnapshot | null, current: number): void;
  /** Scrolls to a match. */
  reveal(place: MatchPlace): void;
}

interface Finder {
  find(text: string, query: Query): Promise<TextMatches | null>;
  stop(): void;
}

/** Delay of a search after typing and after new output. */
const typingMs = 60;
const printingMs = 400;

export class ConsoleSearch {
  isOpen = $state(false);
  query = $state.raw<Query>({ text: '', matchCase: false, isExpression: false });
  count = $state(0);
  /** Index of the current match; -1 = none. */
  at = $state(-1);
  trouble = $state<'invalid' | 'slow' | null>(null);
  #places: readonly MatchPlace[] = [];
  #snapshot: TextSnapshot | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly searched: SearchedText,
    private readonly finder: Finder,
  ) {}

  /** Result text: `3 of 17`, or the reason for a missing count. */
  get summary(): string {
    if (this.trouble === 'invalid') return say('console-search.invalid');
    if (this.trouble === 'slow') return say('console-search.slow');
    if (this.query.text === '') return '';
    if (this.count === 0) return say('console-search.none');
    const values = { at: this.at + 1, count: this.count };
    return say(this.count >= mostMatches ? 'console-search.at-more' : 'console-search.at', values);
  }

  /** Opens the search. `text` = selected text; empty keeps the last query. */
  open(text = ''): void {
    this.isOpen = true;
    if (text !== '') this.query = { ...this.query, text };
    void this.#search(true);
  }

  close(): void {
    this.isOpen = false;
    this.#forget();
  }

  ask(fields: Partial<Query>): void {
    this.query = { ...this.query, ...fields };
    this.trouble = null;
    this.#later(typingMs, true);
  }

  next(): void {
    this.#go(1);
  }

  previous(): void {
    this.#go(-1);
  }

  /** Searches again after new lines or a reflow. */
  changed(): void {
    // A search that timed out is not repeated for each new line.
    if (!this.isOpen || this.query.text === '' || this.trouble !== null || this.#timer !== undefined) return;
    this.#later(printingMs, false);
  }

  /** Forgets the matches of a cleared console; later output is searched again. */
  cleared(): void {
    this.#forget();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.finder.stop();
  }

  #later(ms: number, isNew: boolean): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(isNew), ms);
  }

  async #search(isNew: boolean): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.isOpen) return;
    if (this.query.text === '') return this.#forget();
    const snapshot = this.searched.read();
    const found = await this.finder.find(snapshot.text, this.query);
    if (found === null || !this.isOpen) return snapshot.release();
    if (found.kind !== 'found') {
      snapshot.release();
      this.#forget();
      this.trouble = found.kind;
      return;
    }
    this.trouble = null;
    this.#take(matchPlacesOf(found.matches, snapshot), snapshot, isNew);
  }

  #take(places: readonly MatchPlace[], snapshot: TextSnapshot, isNew: boolean): void {
    const at = isNew ? this.#nearest(places, snapshot) : this.#same(places, snapshot);
    this.#places = places;
    this.#snapshot = snapshot;
    this.count = places.length;
    this.at = at;
    this.searched.mark(places, snapshot, at);
    if (isNew) this.#reveal();
  }

  /** Index of the last match in view or above, because the newest output is at the end; otherwise the first below. */
  #nearest(places: readonly MatchPlace[], snapshot: TextSnapshot): number {
    const below = firstFrom(places, this.searched.bottom() + snapshot.gone() + 1);
    return places.length === 0 ? -1 : Math.max(0, below - 1);
  }

  /** Index of the current match in the new snapshot. */
  #same(places: readonly MatchPlace[], snapshot: TextSnapshot): number {
    const shown = this.#places[this.at];
    if (shown === undefined || this.#snapshot === null) return this.#nearest(places, snapshot);
    const row = shown.row - this.#snapshot.gone() + snapshot.gone();
    let at = firstFrom(places, row);
    while (places[at]?.row === row && (places[at]?.offset ?? 0) < shown.offset) at += 1;
    return Math.min(at, places.length - 1);
  }

  #go(step: 1 | -1): void {
    if (this.count === 0) return;
    this.at = (this.at + step + this.count) % this.count;
    this.searched.mark(this.#places, this.#snapshot, this.at);
    this.#reveal();
  }

  #reveal(): void {
    const place = this.#places[this.at];
    const gone = this.#snapshot?.gone() ?? Infinity;
    if (place !== undefined && gone <= place.row) {
      this.searched.reveal({ ...place, row: place.row - gone });
    }
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#places = [];
    this.#snapshot = null;
    this.count = 0;
    this.at = -1;
    this.trouble = null;
    this.searched.mark([], null, -1);
  }
}
