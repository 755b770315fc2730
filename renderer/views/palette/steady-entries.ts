/** Keeps entries where they stand while nobody types: what a pointer is on must not become something else. */

export class SteadyEntries<Entry extends { readonly id: string }> {
  #question: readonly unknown[] = [];
  #entries: readonly Entry[] = [];

  /**
   * As they were found, the first time that this question is asked. From then on those that were there keep their
   * places, even if they are found no longer, and what is found as well comes after them.
   */
  of(found: readonly Entry[], question: readonly unknown[]): readonly Entry[] {
    this.#entries = isSame(question, this.#question) ? joined(this.#entries, found) : found;
    this.#question = question;
    return this.#entries;
  }
}

function joined<Entry extends { readonly id: string }>(
  before: readonly Entry[],
  found: readonly Entry[],
): readonly Entry[] {
  const fresh = new Map(found.map((entry) => [entry.id, entry]));
  const known = new Set(before.map(({ id }) => id));
  return [
    ...before.map((entry) => fresh.get(entry.id) ?? entry),
    ...found.filter(({ id }) => !known.has(id)),
  ];
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at]);
}
