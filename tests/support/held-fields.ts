import { Emitter } from '../../main/base/emitter.js';
import type { Update } from '../../main/disk/stored-fields.js';

/** Settings or application memory that lie in no file. */
export class HeldFields<T extends object> {
  current: T;
  /** Number of updates, and the error that refuses them; null = they succeed. */
  written = 0;
  refuses: Error | null = null;
  readonly #changes = new Emitter<T>();

  constructor(current: T) {
    this.current = current;
  }

  async update(change: Update<T>): Promise<T> {
    await Promise.resolve();
    if (this.refuses !== null) throw this.refuses;
    this.written += 1;
    const fields = typeof change === 'function' ? change(this.current) : change;
    this.current = { ...this.current, ...fields };
    this.#changes.emit(this.current);
    return this.current;
  }

  listen(listener: (now: T) => void): () => void {
    return this.#changes.listen(listener);
  }
}
