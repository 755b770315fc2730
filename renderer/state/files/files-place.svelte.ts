import type { ServerFile } from '../../../bridge/schema/files.js';
import { Task } from '../task.svelte.js';

/** Files that were cut or copied, and wait to be pasted. */
export interface FilesTaken {
  readonly how: 'cut' | 'copy';
  readonly folder: string;
  readonly files: readonly ServerFile[];
}

/** Where a person is among the files of one server; outlives the view. */
export class FilesPlace {
  /** Folder that was shown last. */
  folder = $state('/');
  /** Name of the file that stands in the editor: its row gets the focus when the list comes back. */
  opened: string | null = null;
  taken = $state.raw<FilesTaken | null>(null);
  /** The action that no dialog shows. It continues, and keeps its problem, while another tab is shown. */
  readonly work = new Task();
  /** The action in words while it is in progress; null if there is none. */
  doing = $state<string | null>(null);
}
