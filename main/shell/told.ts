/** A value, and who wants to be told when it is another one. */
export class Told<T> {
  #current: T;
  readonly #listeners = new Set<(value: T) => void>();

  constructor(first: T) {
    this.#current = first;
  }

  get current(): T {
    return this.#current;
  }

  tell(value: T): void {
    this.#current = value;
    for (const listener of this.#listeners) listener(value);
  }

  /** Returns the function that ends listening. */
  listen(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
