/**
 * Which element of a list shows which row. An element whose row has gone out of sight takes one that comes into sight:
 * that is far cheaper than to make and throw away elements all the time while somebody scrolls.
 */
export class RowSlots {
  #slots = new Map<string, number>();
  #made = 0;
  /** The elements as they follow each other in the page. */
  #order: readonly number[] = [];

  /** A number for each row, in their order; a row that stays keeps its number, so that focus and hover stay with it. */
  assign(keys: readonly string[]): number[] {
    const shown = new Set(keys);
    const free = [...this.#slots].flatMap(([key, slot]) => (shown.has(key) ? [] : [slot]));
    const slots = keys.map((key) => this.#slots.get(key) ?? free.pop() ?? this.#made++);
    this.#slots = new Map(keys.map((key, at) => [key, slots[at] ?? 0]));
    return slots;
  }

  /**
   * In which order the rows that were assigned stand in the page, as places in `slots`. At rest that is their own
   * order, which Tab and screen readers follow. While the list moves, elements stay where they are: to take one out
   * and put it in elsewhere has the browser build it anew, which costs more than all the rest of scrolling.
   */
  arrange(slots: readonly number[], isMoving: boolean): number[] {
    const places = [...slots.keys()];
    if (isMoving) {
      const ranks = new Map(this.#order.map((slot, rank) => [slot, rank]));
      const rank = (place: number): number => ranks.get(slots[place] ?? -1) ?? this.#order.length;
      places.sort((one, other) => rank(one) - rank(other));
    }
    this.#order = places.map((place) => slots[place] ?? -1);
    return places;
  }
}
