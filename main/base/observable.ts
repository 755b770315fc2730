import { Emitter } from './emitter.js';

/** A value with listeners. */
export class Observable<T> {
  readonly #changes = new Emitter<T>();
  #value: T;

  constructor(first: T) {
    this.#value = first;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#changes.emit(value);
  }

  /** Returns the function that ends listening. */
  listen(listener: (value: T) => void): () => void {
    return this.#changes.listen(listener);
  }
}
