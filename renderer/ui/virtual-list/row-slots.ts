/**
 * Assigns elements of a list to rows. An element whose row scrolled out of view takes a row that scrolls in, which is
 * far cheaper than creating and removing elements.
 */
export class RowSlots {
  #slots = new Map<string, number>();
  #made = 0;

  /** Slot number of each row, in order. A visible row keeps its number, and with it focus and hover. */
  assign(keys: readonly string[]): number[] {
    const shown = new Set(keys);
    const free = [...this.#slots].flatMap(([key, slot]) => (shown.has(key) ? [] : [slot]));
    const slots = keys.map((key) => this.#slots.get(key) ?? free.pop() ?? this.#made++);
    this.#slots = new Map(keys.map((key, at) => [key, slots[at] ?? 0]));
    return slots;
  }
}
