/** Files that were cut or copied, and what pasting, moving and copying them does. */
import { joined } from '../../../../bridge/files/file-paths.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { ServerFile } from '../../../../bridge/schema/files.js';
import { say } from '../../../../messages/messages.js';
import type { WindowState } from '../../../state/context.js';
import type { FilesPlace, FilesTaken } from '../../../state/files/files-place.svelte.js';
import { copyBlock, copyToBlock, filesBlock, filesWord } from './file-words.js';
import type { FileWork } from './file-work.svelte.js';
import type { FilesTable } from './files-table.svelte.js';

interface FileClipboardDeps {
  readonly client: WindowState['client'];
  readonly place: FilesPlace;
  readonly work: Pick<FileWork, 'changeShown'>;
  readonly table: Pick<FilesTable, 'selectNone'>;
  readonly server: () => Server;
  /** The folder that is shown. */
  readonly folder: () => string;
}

export class FileClipboard {
  constructor(private readonly deps: FileClipboardDeps) {}

  /** Files that were cut or copied; null if none were. */
  get taken(): FilesTaken | null {
    return this.deps.place.taken;
  }

  take(how: FilesTaken['how'], files: readonly ServerFile[]): void {
    this.deps.place.taken = { how, folder: this.deps.folder(), files };
  }

  putBack(): void {
    this.deps.place.taken = null;
  }

  /** Whether a file of the shown folder is cut. */
  isCut(name: string): boolean {
    const { taken } = this;
    if (taken?.how !== 'cut' || taken.folder !== this.deps.folder()) return false;
    return taken.files.some((file) => file.name === name);
  }

  /** Why the taken files can't be pasted into a folder; null if they can. */
  pasteBlock(folder: string): string | null {
    const { taken } = this;
    const server = this.deps.server();
    if (taken === null) return say('files.nothing-taken');
    if (taken.how === 'copy') return (folder === taken.folder ? copyBlock : copyToBlock)(server, taken.files);
    return this.#moveBlock(taken.folder, taken.files, folder);
  }

  /** Why files can't be moved from one folder to another; null if they can. */
  #moveBlock(from: string, files: readonly ServerFile[], to: string): string | null {
    if (from === to) return say('files.there-already');
    const into = files.some(({ kind, name }) => kind === 'folder' && isWithin(to, joined(from, name)));
    return into ? say('files.into-itself') : filesBlock(this.deps.server(), 'file.update', files);
  }

  paste(folder: string): void {
    const { taken } = this;
    if (taken === null) return;
    if (taken.how === 'cut') void this.move(taken.folder, taken.files, folder);
    else if (taken.folder === folder) void this.duplicate(taken.files, folder);
    else void this.#copy(taken, folder);
  }

  async move(from: string, files: readonly ServerFile[], to: string): Promise<void> {
    const { client, table, work } = this.deps;
    const { id: serverId } = this.deps.server();
    const moves = files.map(({ name }) => ({ from: name, to: joined(to, name) }));
    const isPaste = this.taken?.how === 'cut' && this.taken.files === files;
    await work.changeShown(
      say('files.moving', { files: filesWord(files) }),
      (replace) => client.call('files.move', { serverId, folder: from, moves, replace }),
      () => {
        if (isPaste) this.putBack();
        else if (this.deps.folder() === from) table.selectNone();
      },
    );
  }

  /** Copies files into another folder. They stay copied, so they can be pasted again. */
  async #copy({ folder, files }: FilesTaken, to: string): Promise<void> {
    const { client, work } = this.deps;
    const names = files.map(({ name }) => name);
    const input = { serverId: this.deps.server().id, folder, names, to };
    await work.changeShown(say('files.copying', { files: filesWord(files) }), (replace) =>
      client.call('files.copyTo', { ...input, replace }),
    );
  }

  /** Copies files into their own folder. */
  async duplicate(files: readonly ServerFile[], folder = this.deps.folder()): Promise<void> {
    const { client, work } = this.deps;
    const { id: serverId } = this.deps.server();
    const paths = files.map(({ name }) => joined(folder, name));
    await work.changeShown(say('files.duplicating', { files: filesWord(files) }), async () => {
      for (const path of paths) await client.call('files.copy', { serverId, path });
    });
  }
}

/** Whether a folder differs or lies in it. */
function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(`${other}/`);
}
