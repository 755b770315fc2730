/**
 * The drop target of the Files tab, for files and folders of the desktop.
 *
 * Over the row of a folder they go into that folder, else into the folder that is shown. A drag of rows uses the
 * pointer only (`virtual-drag.svelte.ts`), so the two never meet.
 */
import { joined } from '../../../../bridge/files/file-paths.js';
import { droppedEntries, holdsFiles } from './dropped-files.js';
import { uploadBlock } from './file-words.js';
import type { FilesControl } from './files-control.svelte.js';

export class FileDrop {
  constructor(
    private readonly control: FilesControl,
    /** Whether the tab shows files. */
    private readonly isShown: () => boolean,
  ) {}

  over(event: DragEvent): void {
    if (!holdsFiles(event.dataTransfer) || !this.isShown()) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.control.dropFolder = this.#folderAt(event.target);
  }

  leave({ currentTarget, relatedTarget }: DragEvent): void {
    const isInside =
      currentTarget instanceof Node && relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (!isInside) this.control.dropFolder = null;
  }

  /** Asks before an upload, or says why uploads are blocked. */
  drop(event: DragEvent): void {
    const { control } = this;
    control.dropFolder = null;
    if (!holdsFiles(event.dataTransfer) || !this.isShown()) return;
    event.preventDefault();
    const entries = droppedEntries(event.dataTransfer);
    const folder = this.#folderAt(event.target);
    if (entries.length === 0) return;
    control.unless(uploadBlock(control.server, folder), () =>
      control.ask({ kind: 'upload', entries, folder }),
    );
  }

  #folderAt(target: EventTarget | null): string {
    const { folder, search } = this.control;
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-kind="folder"]') : null;
    const name = search === null ? row?.dataset['key'] : undefined;
    return name === undefined ? folder : joined(folder, name);
  }
}
