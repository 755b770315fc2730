/** How many lines came while the end of the console was out of sight. */
import { say } from '../../../messages/messages.js';
export class NewLineCounter {
  #count = 0;
  #behind = false;

  get count(): number {
    return this.#count;
  }

  /** Lines were drawn at the end. */
  drawn(lines: number): void {
    if (this.#behind) this.#count += lines;
  }

  /** The view moved: away from the end, or back to it. */
  moved(behind: boolean): void {
    this.#behind = behind;
    if (!behind) this.#count = 0;
  }
}

/** `12 new lines`, `1 new line`; what brings to the end where none came. */
export function newLinesLabel(count: number): string {
  return count === 0 ? say('console.to-end') : say('console.new-lines', { count });
}
