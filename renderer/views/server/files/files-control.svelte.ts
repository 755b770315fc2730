/** Actions on the files of one folder: questions and calls. */
import { folderOf, joined, lastPart } from '../../../../bridge/files/file-paths.js';
import { withWatched, type WatchedChoices } from '../../../../bridge/files/watched-list.js';
import { mayUseSftp } from '../../../../bridge/panel/sftp-login.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import type { ServerFile } from '../../../../bridge/schema/files.js';
import { say } from '../../../../messages/messages.js';
import type { WindowState } from '../../../state/context.js';
import type { FilesPlace } from '../../../state/files/files-place.svelte.js';
import { FoundFeed } from '../../../state/files/found-feed.svelte.js';
import type { FolderFeed } from '../../../state/files/folder-feed.svelte.js';
import type { Task } from '../../../state/task.svelte.js';
import type { DroppedEntry } from './dropped-files.js';
import { FileClipboard } from './file-clipboard.js';
import { FileWork } from './file-work.svelte.js';
import { filesWord, visibleName } from './file-words.js';
import { FilesTable } from './files-table.svelte.js';

export interface FilesControlDeps {
  readonly client: WindowState['client'];
  readonly fleet: WindowState['fleet'];
  readonly navigation: WindowState['navigation'];
  readonly settings: WindowState['settings'];
  readonly sharing: WindowState['sharing'];
  readonly server: () => Server;
  readonly feed: () => FolderFeed;
  readonly place: FilesPlace;
  /** Shows a file in the editor. */
  readonly openText: (path: string) => void;
}

export class FilesControl extends FileWork {
  /** Name of the row that gets the focus once the list has it. */
  comesTo = $state<string | null>(null);
  /** Folder that gets the files which a person drags over the tab; null if nobody does. */
  dropFolder = $state<string | null>(null);
  /** The search that is shown instead of the list; null if there is none. */
  search = $state.raw<FoundFeed | null>(null);
  readonly table = new FilesTable(() => this.deps.feed().files);
  readonly clipboard: FileClipboard;

  constructor(private readonly deps: FilesControlDeps) {
    super(deps.place);
    const { client, place, server } = deps;
    const folder = (): string => this.folder;
    this.clipboard = new FileClipboard({ client, place, server, folder, work: this, table: this.table });
    this.comesTo = deps.place.opened;
    deps.place.opened = null;
  }

  get server(): Server {
    return this.deps.server();
  }

  /** Whether Perch reaches the files of this server over SFTP. */
  get hasSftp(): boolean {
    const { server } = this;
    return this.deps.fleet.account(server.accountId)?.sftp !== undefined && mayUseSftp(server);
  }

  /** The user's program for editing; null = the system's. */
  get program(): string | null {
    return this.deps.settings.current.ownEditor;
  }

  get folder(): string {
    return this.deps.feed().path;
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

  get watchedChoices(): WatchedChoices {
    return this.deps.settings.current.watchedFiles;
  }

  /** Starts or stops the watching of a file. */
  watch(file: ServerFile, isWatched: boolean): void {
    const { server } = this;
    const path = this.pathOf(file);
    void this.deps.settings.change(({ watchedFiles }) => ({
      watchedFiles: withWatched(server, watchedFiles, { path, isWatched }),
    }));
  }

  /** Opens the dialog that shares the text of a file, and sends nothing before a press. */
  share(file: ServerFile): void {
    const title = visibleName(file.name).slice(0, 300);
    this.deps.sharing.shareText({ serverId: this.server.id, title, path: this.pathOf(file) });
  }

  copyPath(file: ServerFile): void {
    this.deps.client.send('clipboard.write', { text: this.pathOf(file) });
  }

  async pack(files: readonly ServerFile[]): Promise<void> {
    const input = this.#named(files);
    await this.changeShown(say('files.packing', { files: filesWord(files) }), async () => {
      const { name } = await this.deps.client.call('files.pack', input);
      this.#comes({ ...input, name });
    });
  }

  /** Brings files and folders to this computer, to the place that the user chooses. `as` = what folders become here. */
  async save(files: readonly ServerFile[], as: 'folder' | 'archive' = 'folder'): Promise<void> {
    const input = { serverId: this.server.id, paths: files.map((file) => this.pathOf(file)), as };
    await this.changeShown(say('files.choosing'), () => this.deps.client.call('files.download', input));
  }

  /** Opens a file in another program, from which Perch uploads each save. */
  async editOutside(file: ServerFile): Promise<void> {
    const input = { serverId: this.server.id, path: this.pathOf(file) };
    await this.changeShown(say('own-editor.opening'), () => this.deps.client.call('ownEditor.open', input));
  }

  /**
   * Uploads what the user chooses. Main asks before it replaces files, and the list of transfers shows the progress.
   */
  async upload(what: 'files' | 'folder'): Promise<void> {
    const input = { serverId: this.server.id, folder: this.folder, sources: null, what };
    await this.changeShown(say('files.choosing'), async () =>
      this.#tellLeftOut(await this.deps.client.call('files.upload', input)),
    );
  }

  /** Uploads files that a person dropped onto the tab. */
  async uploadDropped(entries: readonly DroppedEntry[], folder: string, task: Task): Promise<void> {
    const input = { serverId: this.server.id, folder };
    const files = entries.map(({ file }) => file);
    await this.change(task, async () => this.#tellLeftOut(await this.deps.client.upload(input, files)));
  }

  /** Unpacks an archive. Asks first, unless the archive is alone in its folder: no panel names the replaced files. */
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
      () => this.#comes(input),
    );
  }

  async rename(file: ServerFile, name: string, task: Task): Promise<void> {
    const moves = [{ from: file.name, to: this.pathOf({ name }) }];
    const input = { serverId: this.server.id, folder: this.folder, moves };
    await this.change(
      task,
      (replace) => this.deps.client.call('files.move', { ...input, replace }),
      () => this.#comes({ ...input, name }),
    );
  }

  async remove(files: readonly ServerFile[], task: Task): Promise<void> {
    const input = this.#named(files);
    await this.change(
      task,
      () => this.deps.client.call('files.delete', input),
      () => {
        if (this.folder === input.folder) this.table.selectNone();
      },
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

  /** The list gets a row with the focus, unless another folder is shown by now. */
  #comes({ folder, name }: { readonly folder: string; readonly name: string }): void {
    if (this.folder === folder) this.comesTo = name;
  }

  #tellLeftOut({ leftOut }: { leftOut: number }): void {
    if (leftOut > 0) this.told = say('files.left-out', { count: leftOut });
  }

  #named(files: readonly ServerFile[]): { serverId: string; folder: string; names: string[] } {
    return { serverId: this.server.id, folder: this.folder, names: files.map(({ name }) => name) };
  }
}
