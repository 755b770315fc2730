/** Calls about files: one at a time, with their progress and the questions before them. */
import type { ServerFile } from '../../../../bridge/schema/files.js';
import type { TakenFile } from '../../../../bridge/schema/taken-file.js';
import type { FilesPlace } from '../../../state/files/files-place.svelte.js';
import type { Task } from '../../../state/task.svelte.js';
import type { DroppedEntry } from './dropped-files.js';

export type FileQuestion =
  | { readonly kind: 'new-folder' | 'new-file' | 'fetch' }
  | { readonly kind: 'rename' | 'unpack' | 'earlier'; readonly file: ServerFile }
  | { readonly kind: 'delete' | 'mode'; readonly files: readonly ServerFile[] }
  | { readonly kind: 'upload'; readonly entries: readonly DroppedEntry[]; readonly folder: string }
  | {
      readonly kind: 'replace';
      readonly taken: readonly TakenFile[];
      readonly agree: (task: Task) => Promise<void>;
    };

export class FileWork {
  /** The open dialog; null = none. */
  question = $state.raw<FileQuestion | null>(null);
  /** Why the action of the last key is blocked; null if it is not. */
  told = $state<string | null>(null);
  /** True once the tab is no longer shown. */
  #isOver = false;

  constructor(private readonly place: Pick<FilesPlace, 'work' | 'doing'>) {}

  /** The action that no dialog shows. */
  get work(): Task {
    return this.place.work;
  }

  /** The action in progress in words; null = none. */
  get doing(): string | null {
    return this.place.doing;
  }

  /** The tab is closed, so nobody sees its question. */
  end(): void {
    this.#isOver = true;
  }

  ask(question: FileQuestion): void {
    this.question = question;
  }

  close(): void {
    this.question = null;
  }

  /** Acts, or shows why the action is blocked. */
  unless(block: string | null, act: () => void): void {
    this.told = block;
    if (block === null) act();
  }

  /**
   * Makes a call and closes the question. If names are taken, asks whether to replace the files and makes the call
   * again. A failure is in the task, or in `work` if the dialog is closed meanwhile.
   */
  async change(
    task: Task,
    call: (replace: boolean) => Promise<unknown>,
    onDone: () => void = () => undefined,
  ): Promise<void> {
    if (task.isRunning) return;
    const asked = this.question;
    const isDone = (await task.run(() => call(false))) !== null;
    const taken = task.problem?.taken ?? [];
    if (isDone) {
      if (this.question === asked) this.close();
      onDone();
    } else if (this.#isOver || this.question !== asked) {
      this.work.problem = task.problem;
    } else if (taken.length > 0) {
      task.problem = null;
      const agree = (again: Task): Promise<void> => this.change(again, () => call(true), onDone);
      this.question = { kind: 'replace', taken, agree };
    }
  }

  /** The same for an action without a dialog, with a sentence while it is in progress. */
  async changeShown(
    doing: string,
    call: (replace: boolean) => Promise<unknown>,
    onDone?: () => void,
  ): Promise<void> {
    if (this.work.isRunning) return;
    this.place.doing = doing;
    await this.change(this.work, call, onDone);
    this.place.doing = null;
  }
}
