/**
 * Which element of a list shows which row. An element whose row has gone out of sight takes one that comes into sight:
 * that is far cheaper than to make and throw away elements all the time while somebody scrolls.
 */
export class RowSlots {
  #slots = new Map<string, number>();
  #made = 0;

  /** A number for each row, in their order; a row that stays keeps its number, so that focus and hover stay with it. */
  assign(keys: readonly string[]): number[] {
    const shown = new Set(keys);
    const free = [...this.#slots].flatMap(([key, slot]) => (shown.has(key) ? [] : [slot]));
    const slots = keys.map((key) => this.#slots.get(key) ?? free.pop() ?? this.#made++);
    this.#slots = new Map(keys.map((key, at) => [key, slots[at] ?? 0]));
    return slots;
  }
}
