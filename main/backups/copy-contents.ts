import { toProblem } from '../../bridge/errors.js';
import type { ArchivedFile, ArchivedText, ArchivePart } from '../../bridge/schema/backup-copies.js';
import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import { Throttle } from '../base/throttle.js';
import type { Copies } from './copies.js';
import type { SavedFilePlace } from './copies-archive.js';

export interface CopyContentsDeps {
  readonly clock: Clock;
  readonly copies: Pick<Copies, 'archiveOf'>;
}

const tellEveryMs = 250;
/** Most files in one part, so that no part keeps main's thread busy. */
const mostAtOnce = 2000;
/** More than a program gets, because a window gets the list in parts. */
const windowList = { entries: 200_000, text: 16_000_000 };

/** The parser of archives is loaded only when somebody looks into a copy. */
const loadArchive = () => import('./copies-archive.js');

/** Lists the files inside a copy for windows, and reads single files. */
export class CopyContents {
  /** Lists one archive at a time, however many windows ask. */
  readonly #turns = new SerialQueue();

  constructor(private readonly deps: CopyContentsDeps) {}

  /** The feed `copyFiles`. A window that stops watching stops the reading. */
  readonly source: Source<'copyFiles'> = (of, sink) => {
    const stop = new AbortController();
    let files: ArchivedFile[] = [];
    let share = 0;
    const send = (end: ArchivePart['end']): void => {
      if (!stop.signal.aborted) sink.change({ files, share, end });
      files = [];
    };
    const told = new Throttle({ clock: this.deps.clock, everyMs: tellEveryMs, pass: () => send(null) });
    const hooks = {
      signal: stop.signal,
      found: (file: ArchivedFile): void => {
        if (files.push(file) >= mostAtOnce) send(null);
      },
      read: (now: number): void => {
        share = now;
        told.push(null);
      },
    };
    sink.snapshot({ files, share, end: null });
    void this.#turns
      .run(() => this.#list(of, hooks))
      .then((end) => {
        told.drop();
        send(end);
      });
    return () => {
      stop.abort();
      told.drop();
    };
  };

  /** Rejects with `PerchError`. */
  async text(serverId: string, backup: string, path: string): Promise<ArchivedText> {
    const archive = await this.deps.copies.archiveOf(serverId, backup);
    return (await loadArchive()).textOf(archive, path);
  }

  /** Saves a file of a copy and returns its name in the folder. Rejects with `PerchError`. */
  async save(
    { serverId, backup, path }: { serverId: string; backup: string; path: string },
    place: SavedFilePlace,
  ): Promise<string> {
    const archive = await this.deps.copies.archiveOf(serverId, backup);
    return (await loadArchive()).saveFileOf(archive, path, place);
  }

  /** Never rejects. */
  async #list(
    { serverId, backup }: { serverId: string; backup: string },
    hooks: { signal: AbortSignal; found: (file: ArchivedFile) => void; read: (share: number) => void },
  ): Promise<ArchivePart['end']> {
    try {
      if (hooks.signal.aborted) return null;
      const archive = await this.deps.copies.archiveOf(serverId, backup);
      const { listFiles } = await loadArchive();
      const end = await listFiles(archive, { ...hooks, limits: windowList });
      return { ...end, problem: null };
    } catch (error) {
      return { isCut: false, leftOut: 0, problem: toProblem(error) };
    }
  }
}
