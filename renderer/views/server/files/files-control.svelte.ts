/** What a person does to the files of one folder: questions, calls, and what was cut or copied. */
import { folderOf, joined, lastPart } from '../../../../bridge/files/file-paths.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { ServerFile } from '../../../../bridge/schema/files.js';
import type { TakenFile } from '../../../../bridge/schema/taken-file.js';
import { say } from '../../../../messages/messages.js';
import type { WindowState } from '../../../state/context.js';
import type { FilesPlace, FilesTaken } from '../../../state/files/files-place.svelte.js';
import { FoundFeed } from '../../../state/files/found-feed.svelte.js';
import type { FolderFeed } from '../../../state/files/folder-feed.svelte.js';
import { Task } from '../../../state/task.svelte.js';
import { copyBlock, filesBlock, filesWord } from './file-words.js';
import type { DroppedEntry } from './dropped-files.js';
import { FilesTable } from './files-table.svelte.js';

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

export interface FilesControlDeps {
  readonly client: WindowState['client'];
  readonly navigation: WindowState['navigation'];
  readonly server: () => Server;
  readonly feed: () => FolderFeed;
  readonly place: FilesPlace;
  /** Shows a file in the editor. */
  readonly openText: (path: string) => void;
}

export class FilesControl {
  question = $state.raw<FileQuestion | null>(null);
  /** Name of the row that gets the focus once the list has it. */
  comesTo = $state<string | null>(null);
  /** The action in progress that no dialog shows; null if there is none. */
  doing = $state<string | null>(null);
  /** Why the action of the last key is blocked; null if it is not. */
  told = $state<string | null>(null);
  /** Folder that gets the files which a person drags over the tab; null if nobody does. */
  dropFolder = $state<string | null>(null);
  /** The search that is shown in place of the list; null if there is none. */
  search = $state.raw<FoundFeed | null>(null);
  readonly work = new Task();
  readonly table = new FilesTable(() => this.deps.feed().files);

  constructor(private readonly deps: FilesControlDeps) {
    this.comesTo = deps.place.opened;
    deps.place.opened = null;
  }

  get server(): Server {
    return this.deps.server();
  }

  get folder(): string {
    return this.deps.feed().path;
  }

  /** Files that were cut or copied. */
  get taken(): FilesTaken | null {
    return this.deps.place.taken;
  }

  pathOf({ name }: Pick<ServerFile, 'name'>): string {
    return joined(this.folder, name);
  }

  go(folder: string): void {
    this.comesTo = null;
    this.deps.navigation.go({ kind: 'server', serverId: this.server.id, tab: 'files', folder });
  }

  up(): void {
    if (this.folder !== '/') this.go(folderOf(this.folder));
  }

  openText(file: ServerFile): void {
    this.deps.place.opened = file.name;
    this.deps.openText(this.pathOf(file));
  }

  /** Searches the folders below for the text of the filter. */
  find(): void {
    this.search = new FoundFeed(this.deps.client, this.server.id, this.folder, this.table.filter.trim());
  }

  endSearch(): void {
    this.search = null;
  }

  /** Shows a file in its folder, with the focus on its row. */
  show(path: string): void {
    this.endSearch();
    this.table.filter = '';
    this.go(folderOf(path));
    this.comesTo = lastPart(path);
  }

  /** Acts, or tells why that is blocked. */
  unless(block: string | null, act: () => void): void {
    this.told = block;
    if (block === null) act();
  }

  ask(question: FileQuestion): void {
    this.question = question;
  }

  close(): void {
    this.question = null;
  }

  copyPath(file: ServerFile): void {
    this.deps.client.send('clipboard.write', { text: this.pathOf(file) });
  }

  take(how: 'cut' | 'copy', files: readonly ServerFile[]): void {
    this.deps.place.taken = { how, folder: this.folder, files };
  }

  putBack(): void {
    this.deps.place.taken = null;
  }

  /** Why the taken files can't be pasted into a folder; null if they can. */
  pasteBlock(folder: string): string | null {
    const { taken } = this;
    if (taken === null) return say('files.nothing-taken');
    if (taken.how === 'copy')
      return folder === taken.folder ? copyBlock(this.server, taken.files) : say('files.copy-here-only');
    return this.moveBlock(taken.folder, taken.files, folder);
  }

  /** Why files can't be moved from one folder to another; null if they can. */
  moveBlock(from: string, files: readonly ServerFile[], to: string): string | null {
    if (from === to) return say('files.there-already');
    const into = files.some(({ kind, name }) => kind === 'folder' && isWithin(to, joined(from, name)));
    return into ? say('files.into-itself') : filesBlock(this.server, 'file.update', files);
  }

  paste(folder = this.folder): void {
    const { taken } = this;
    if (taken === null) return;
    if (taken.how === 'copy') void this.duplicate(taken.files);
    else void this.move(taken.folder, taken.files, folder);
  }

  async move(from: string, files: readonly ServerFile[], to: string): Promise<void> {
    const { id: serverId } = this.server;
    const moves = files.map(({ name }) => ({ from: name, to: joined(to, name) }));
    const isPaste = this.taken?.how === 'cut' && this.taken.files === files;
    await this.#show(
      say('files.moving', { files: filesWord(files) }),
      (replace) => this.deps.client.call('files.move', { serverId, folder: from, moves, replace }),
      () => {
        if (isPaste) this.putBack();
        else this.table.selectNone();
      },
    );
  }

  async duplicate(files: readonly ServerFile[]): Promise<void> {
    const { id: serverId } = this.server;
    const paths = files.map((file) => this.pathOf(file));
    await this.#show(say('files.duplicating', { files: filesWord(files) }), async () => {
      for (const path of paths) await this.deps.client.call('files.copy', { serverId, path });
    });
  }

  async pack(files: readonly ServerFile[]): Promise<void> {
    const input = this.#named(files);
    await this.#show(say('files.packing', { files: filesWord(files) }), async () => {
      const { name } = await this.deps.client.call('files.pack', input);
      if (this.folder === input.folder) this.comesTo = name;
    });
  }

  /** Brings files to this computer, to the place that the user chooses. */
  async save(files: readonly ServerFile[]): Promise<void> {
    const input = { serverId: this.server.id, paths: files.map((file) => this.pathOf(file)) };
    await this.#show(say('files.choosing'), () => this.deps.client.call('files.download', input));
  }

  /** Uploads what the user chooses. Main asks before it replaces files, and the list of transfers shows the rest. */
  async upload(what: 'files' | 'folder'): Promise<void> {
    const input = { serverId: this.server.id, folder: this.folder, sources: null, what };
    await this.#show(say('files.choosing'), async () =>
      this.#tellLeftOut(await this.deps.client.call('files.upload', input)),
    );
  }

  /** Uploads what a person dropped onto the tab. */
  async uploadDropped(entries: readonly DroppedEntry[], folder: string, task: Task): Promise<void> {
    const input = { serverId: this.server.id, folder };
    const files = entries.map(({ file }) => file);
    await this.change(task, async () => this.#tellLeftOut(await this.deps.client.upload(input, files)));
  }

  /** Unpacks an archive. Asks first, unless the archive is alone in its folder: no panel tells what it would replace. */
  askToUnpack(file: ServerFile): void {
    if (this.deps.feed().files.length > 1) this.ask({ kind: 'unpack', file });
    else void this.unpack(file, this.work, false);
  }

  async unpack({ name }: ServerFile, task: Task, replace: boolean): Promise<void> {
    const input = { serverId: this.server.id, folder: this.folder, name, replace };
    await this.change(task, () => this.deps.client.call('files.unpack', input));
  }

  async create(kind: 'new-folder' | 'new-file', name: string, task: Task): Promise<void> {
    const input = { serverId: this.server.id, folder: this.folder, name };
    const call = kind === 'new-folder' ? 'files.createFolder' : 'files.create';
    await this.change(
      task,
      () => this.deps.client.call(call, input),
      () => (this.comesTo = name),
    );
  }

  async rename(file: ServerFile, name: string, task: Task): Promise<void> {
    const moves = [{ from: file.name, to: this.pathOf({ name }) }];
    const input = { serverId: this.server.id, folder: this.folder, moves };
    await this.change(
      task,
      (replace) => this.deps.client.call('files.move', { ...input, replace }),
      () => (this.comesTo = name),
    );
  }

  async remove(files: readonly ServerFile[], task: Task): Promise<void> {
    const input = this.#named(files);
    await this.change(
      task,
      () => this.deps.client.call('files.delete', input),
      () => this.table.selectNone(),
    );
  }

  async setMode(files: readonly ServerFile[], mode: string, task: Task): Promise<void> {
    const input = { ...this.#named(files), mode };
    await this.change(task, () => this.deps.client.call('files.chmod', input));
  }

  async fetch(url: string, name: string | null, task: Task): Promise<void> {
    const input = { serverId: this.server.id, folder: this.folder, url, name };
    await this.change(task, (replace) => this.deps.client.call('files.pull', { ...input, replace }));
  }

  /**
   * Makes a call and closes the question. If names are taken, asks whether to replace the files and makes the call
   * again. A failure is in the task.
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
    } else if (taken.length > 0 && this.question === asked) {
      task.problem = null;
      const agree = (again: Task): Promise<void> => this.change(again, () => call(true), onDone);
      this.question = { kind: 'replace', taken, agree };
    }
  }

  /** The same for an action without a dialog, with a sentence while it is in progress. */
  async #show(
    doing: string,
    call: (replace: boolean) => Promise<unknown>,
    onDone?: () => void,
  ): Promise<void> {
    if (this.work.isRunning) return;
    this.doing = doing;
    await this.change(this.work, call, onDone);
    this.doing = null;
  }

  #tellLeftOut({ leftOut }: { leftOut: number }): void {
    if (leftOut > 0) this.told = say('files.left-out', { count: leftOut });
  }

  #named(files: readonly ServerFile[]): { serverId: string; folder: string; names: string[] } {
    return { serverId: this.server.id, folder: this.folder, names: files.map(({ name }) => name) };
  }
}

/** Whether a folder is another one or lies in it. */
function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(`${other}/`);
}
