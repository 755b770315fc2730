/** Counts lines that arrive while the end of the console is out of view. */
import { say } from '../../../messages/messages.js';
export class NewLineCounter {
  #count = 0;
  #behind = false;

  get count(): number {
    return this.#count;
  }

  drawn(lines: number): void {
    if (this.#behind) this.#count += lines;
  }

  /** Tracks the view; at the end the count resets. */
  moved(behind: boolean): void {
    this.#behind = behind;
    if (!behind) this.#count = 0;
  }
}

/** Label of the button that scrolls to the end: `12 new lines`, `1 new line`, or `Go to the end` for 0. */
export function newLinesLabel(count: number): string {
  return count === 0 ? say('console.to-end') : say('console.new-lines', { count });
}
