import { PerchError, type Problem } from '../../bridge/errors.js';
import { folderOf, joined, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { FilesPanel } from '../../main/files/files-panel.js';
import { aProblem } from './a-problem.js';
import { aServerFile } from './server-files.js';

/** The files of one server as Pterodactyl has them: changes of missing files are quietly accepted (PROTOCOL 2.17.5). */
export class FakeFilesPanel implements FilesPanel {
  /** By path. */
  readonly files = new Map<string, ServerFile>();
  /** Content of the files that have any, by path. */
  readonly contents = new Map<string, Buffer>();
  /** Changes in the order of their requests, and `list PATH` for each reading. */
  readonly asked: string[] = [];
  readonly lacks = new Set<string>();
  /** Problem of the next change of this kind, which is carried out first if its answer was lost. */
  readonly problems = new Map<string, Problem>();

  constructor(...paths: (string | readonly [path: string, fields: Partial<ServerFile>])[]) {
    for (const one of paths) {
      const [path, fields] = typeof one === 'string' ? [one, {}] : one;
      this.put(path, fields);
    }
  }

  put(path: string, fields: Partial<ServerFile> = {}, content: Buffer | null = null): void {
    this.files.set(path, { ...aServerFile('', fields), name: lastPart(path) });
    if (content !== null) this.contents.set(path, content);
  }

  get paths(): string[] {
    return [...this.files.keys()].sort();
  }

  get changes(): string[] {
    return this.asked.filter((one) => !one.startsWith('list '));
  }

  /** Time until which background calls rest. */
  rests: number | null = null;

  clockAhead(): number {
    return 0;
  }

  restUntil(): number | null {
    return this.rests;
  }

  demand(permission: string): void {
    if (this.lacks.has(permission)) throw new PerchError(aProblem('forbidden'));
  }

  list(folder: string): Promise<readonly ServerFile[]> {
    return this.#answer('list', folder, () =>
      [...this.files].filter(([path]) => path !== '/' && folderOf(path) === folder).map(([, file]) => file),
    );
  }

  /** A missing file is refused like an unreadable one (PROTOCOL 2.17.4). */
  read(path: string): Promise<Uint8Array> {
    return this.#answer('read', path, () => {
      if (!this.files.has(path)) throw new PerchError(aProblem('conflict'));
      return this.contents.get(path) ?? Buffer.alloc(0);
    });
  }

  write(path: string, content: Uint8Array): Promise<void> {
    return this.#answer('write', path, () => this.put(path, { bytes: content.length }, Buffer.from(content)));
  }

  createFolder(folder: string, name: string): Promise<void> {
    return this.#answer('folder', joined(folder, name), () =>
      this.put(joined(folder, name), { kind: 'folder' }),
    );
  }

  rename(files: readonly { from: string; to: string }[]): Promise<void> {
    return this.#answer('rename', files.map(({ from, to }) => `${from}>${to}`).join(' '), () => {
      for (const { from, to } of files) {
        const file = this.files.get(from);
        if (file === undefined) continue;
        if (this.files.has(to)) throw new PerchError(aProblem('conflict'));
        this.files.delete(from);
        this.put(to, file);
      }
    });
  }

  copy(path: string): Promise<void> {
    return this.#answer('copy', path, () => {
      const dot = lastPart(path).lastIndexOf('.');
      const end = dot === -1 ? path.length : path.length - lastPart(path).length + dot;
      this.put(`${path.slice(0, end)} copy${path.slice(end)}`, this.files.get(path) ?? {});
    });
  }

  remove(folder: string, names: readonly string[]): Promise<void> {
    return this.#answer('remove', `${folder} ${names.join(' ')}`, () => {
      for (const name of names) {
        this.files.delete(joined(folder, name));
        this.contents.delete(joined(folder, name));
      }
    });
  }

  chmod(folder: string, names: readonly string[], mode: string): Promise<void> {
    return this.#answer('chmod', `${mode} ${names.join(' ')}`, () => {
      for (const name of names) this.put(joined(folder, name), { mode });
    });
  }

  pack(folder: string, names: readonly string[]): Promise<ServerFile> {
    return this.#answer('pack', names.join(' '), () => {
      this.put(joined(folder, 'archive-1.tar.gz'));
      return aServerFile('archive-1.tar.gz');
    });
  }

  unpack(folder: string, name: string): Promise<void> {
    return this.#answer('unpack', joined(folder, name), () => undefined);
  }

  pull(folder: string, { url, name }: { url: string; name: string | null }): Promise<void> {
    return this.#answer('pull', `${folder} ${url} ${name ?? ''}`.trim(), () => undefined);
  }

  async #answer<T>(kind: string, of: string, run: () => T): Promise<T> {
    this.asked.push(`${kind} ${of}`);
    await Promise.resolve();
    const problem = this.problems.get(kind);
    this.problems.delete(kind);
    if (problem !== undefined && problem.maybeDone !== true) throw new PerchError(problem);
    const result = run();
    if (problem !== undefined) throw new PerchError(problem);
    return result;
  }
}

/** Two files beside a folder `world`, in which one of the names is taken. */
export function panelWithTaken(name: 'a.txt' | 'b.txt'): FakeFilesPanel {
  return new FakeFilesPanel(
    ['/a.txt', { bytes: 1, modifiedAt: 10 }],
    ['/b.txt', { bytes: 2, modifiedAt: 20 }],
    ['/world', { kind: 'folder' }],
    [`/world/${name}`, { bytes: 3, modifiedAt: 30 }],
  );
}
