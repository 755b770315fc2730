import { Emitter } from './emitter.js';

/** A value with listeners. Only the class itself sets the value. */
export class Watchable<T> {
  readonly #changes = new Emitter<T>();
  #current: T;

  constructor(first: T) {
    this.#current = first;
  }

  get current(): T {
    return this.#current;
  }

  /** Returns the function that ends listening. */
  listen(listener: (value: T) => void): () => void {
    return this.#changes.listen(listener);
  }

  /** Resolves once the condition holds, which is looked at now and after each change. */
  until(holds: (value: T) => boolean): Promise<void> {
    return new Promise((resolve) => {
      if (holds(this.#current)) return resolve();
      const unlisten = this.listen((value) => {
        if (!holds(value)) return;
        unlisten();
        resolve();
      });
    });
  }

  protected set(value: T): void {
    this.#current = value;
    this.#changes.emit(value);
  }
}

/** A value with listeners that its holder sets. */
export class Observable<T> extends Watchable<T> {
  override set(value: T): void {
    super.set(value);
  }
}
