/** Saving to a file whose place the user chooses, and the result to show. */
import { Task } from './task.svelte.js';

export class FileSaving {
  readonly task = new Task();
  /** Path of the last saved file; null before that, after dismissal, and if the user chose no place. */
  path = $state<string | null>(null);

  /** `write` makes the call that saves. Does nothing while another file is being saved. */
  async save(write: () => Promise<{ readonly path: string | null }>): Promise<void> {
    if (this.task.isRunning) return;
    this.path = null;
    const done = await this.task.run(write);
    this.path = done?.value.path ?? null;
  }

  dismiss(): void {
    this.path = null;
    this.task.problem = null;
  }
}
