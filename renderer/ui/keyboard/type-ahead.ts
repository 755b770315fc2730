/** Time in ms after which a letter begins a new text. */
const pauseMs = 900;

/** Finds a row of a list by the first letters of its name. The same letter again goes to the next such row. */
export class TypeAhead {
  #text = '';
  #at = -Infinity;

  /**
   * Whether a key is a letter of a name. Space is one only within a text, because it selects; `/` and `?` lead to the
   * search and to the list of keys.
   */
  takes({ key, ctrlKey, metaKey, altKey, timeStamp }: KeyFacts): boolean {
    if (ctrlKey || metaKey || altKey || [...key].length !== 1 || key === '/' || key === '?') return false;
    return key !== ' ' || this.#isGoingOn(timeStamp);
  }

  /** Index of the row to go to; -1 for none. `at` = index of the present row. */
  type(
    { key, timeStamp }: Pick<KeyFacts, 'key' | 'timeStamp'>,
    names: readonly string[],
    at: number,
  ): number {
    const letter = key.toLowerCase();
    const isAgain = this.#isGoingOn(timeStamp) && this.#text === letter;
    if (!isAgain) this.#text = this.#isGoingOn(timeStamp) ? this.#text + letter : letter;
    this.#at = timeStamp;
    const first = this.#text.length === letter.length ? at + 1 : Math.max(0, at);
    for (let step = 0; step < names.length; step += 1) {
      const index = (first + step) % names.length;
      if (names[index]?.toLowerCase().startsWith(this.#text) === true) return index;
    }
    return -1;
  }

  #isGoingOn(at: number): boolean {
    return at - this.#at < pauseMs;
  }
}

type KeyFacts = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'timeStamp'>;
