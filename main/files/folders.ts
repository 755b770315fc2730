import { toProblem } from '../../bridge/errors.js';
import type { FolderPart } from '../../bridge/schema/files.js';
import type { Sink, Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import type { FilesPanelOf } from './files-panel.js';
import { isOwnWork } from './own-work.js';

interface FoldersDeps {
  readonly clock: Pick<Clock, 'after' | 'wall'>;
  readonly panelOf: FilesPanelOf;
}

/** Most files in one part, so that no part keeps main's thread busy. */
const mostAtOnce = 2000;

/** Folders that windows show. Nothing is polled: a folder is read again when somebody asks or Perch changed it. */
export class Folders {
  readonly #shown = new Map<string, ShownFolder>();

  constructor(private readonly deps: FoldersDeps) {}

  /** The feed `folder`. */
  readonly source: Source<'folder'> = ({ serverId, path }, sink) => {
    const key = keyOf(serverId, path);
    const shown = this.#shown.get(key) ?? new ShownFolder(this.deps, serverId, path);
    this.#shown.set(key, shown);
    sink.snapshot({ files: [], isFirst: true, end: false, problem: null });
    shown.sinks.add(sink);
    void shown.read().catch(() => undefined);
    return () => {
      shown.sinks.delete(sink);
      if (shown.sinks.size === 0) this.#shown.delete(key);
    };
  };

  /** Reads a folder again if a window shows it. Rejects with `PerchError`; the feed has the problem as well. */
  async refresh(serverId: string, path: string): Promise<void> {
    await this.#shown.get(keyOf(serverId, path))?.read();
  }

  /** Something in these folders changed: those that a window shows are read again. */
  changed(serverId: string, paths: readonly string[]): void {
    for (const path of new Set(paths)) void this.refresh(serverId, path).catch(() => undefined);
  }
}

function keyOf(serverId: string, path: string): string {
  return `${serverId}\n${path}`;
}

class ShownFolder {
  readonly sinks = new Set<Sink<'folder'>>();
  /** Number of the newest reading. An earlier reading is not sent, because a change may have followed it. */
  #reading = 0;

  constructor(
    private readonly deps: FoldersDeps,
    private readonly serverId: string,
    private readonly path: string,
  ) {}

  async read(): Promise<void> {
    const reading = ++this.#reading;
    const isCurrent = (): boolean => reading === this.#reading && this.sinks.size > 0;
    try {
      const now = this.deps.clock.wall();
      const all = await this.deps.panelOf(this.serverId).list(this.path);
      const files = all.filter((file) => !isOwnWork(file, now));
      for (let at = 0; isCurrent(); at += mostAtOnce) {
        const end = at + mostAtOnce >= files.length;
        this.#send({ files: files.slice(at, at + mostAtOnce), isFirst: at === 0, end, problem: null });
        if (end) break;
        await this.#pause();
      }
    } catch (error) {
      if (isCurrent()) this.#send({ files: [], isFirst: false, end: true, problem: toProblem(error) });
      throw error;
    }
  }

  #send(part: FolderPart): void {
    for (const sink of this.sinks) sink.change(part);
  }

  /** Lets main do other work between two parts. */
  #pause(): Promise<void> {
    return new Promise((resolve) => void this.deps.clock.after(0, resolve));
  }
}
