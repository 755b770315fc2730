import { toProblem } from '../../bridge/errors.js';
import { joined } from '../../bridge/files/file-paths.js';
import type { FoundFile, FoundPart, ServerFile } from '../../bridge/schema/files.js';
import type { Clock } from '../base/ports.js';
import type { FilesPanel } from './files-panel.js';

export interface FileSearchDeps {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly panel: Pick<FilesPanel, 'list' | 'restUntil'>;
  readonly matches: (path: string) => boolean;
  readonly signal: AbortSignal;
  readonly send: (part: FoundPart) => void;
}

/** Part of the panel's calls that stays free for the user during a search. */
const freePart = 1 / 4;
/** Limits of one search. The depth counts folders below the start of the search. */
export const searchLimits = { depth: 32, folders: 3000, files: 2000 };

/** One search through the folders of a server, nearest folders first, one request at a time. Links are not followed. */
export class FileSearch {
  #folders = 0;
  #unread = 0;
  #found = 0;

  constructor(private readonly deps: FileSearchDeps) {}

  /** Never rejects. */
  async run(folder: string): Promise<void> {
    try {
      const cut = await this.#walk(folder);
      this.#send([], { end: true, cut });
    } catch (error) {
      this.#send([], { end: true, problem: toProblem(error) });
    }
  }

  /** Resolves with the limit that ended the search; null = the search saw every folder. */
  async #walk(from: string): Promise<FoundPart['cut']> {
    let level = [from];
    for (let depth = 0; level.length > 0; depth++) {
      if (depth > searchLimits.depth) return 'depth';
      const below: string[] = [];
      for (const folder of level) {
        if (this.deps.signal.aborted) return null;
        if (this.#folders + this.#unread >= searchLimits.folders) return 'folders';
        const files = await this.#read(folder);
        for (const { name, kind } of files) if (kind === 'folder') below.push(joined(folder, name));
        const found = this.#matchesIn(folder, files);
        this.#send(found.slice(0, searchLimits.files - this.#found));
        this.#found += found.length;
        if (this.#found > searchLimits.files) return 'files';
      }
      level = below;
    }
    return null;
  }

  #matchesIn(folder: string, files: readonly ServerFile[]): FoundFile[] {
    return files.flatMap(({ name, kind, bytes, modifiedAt }) => {
      const path = joined(folder, name);
      return this.deps.matches(path) ? [{ path, kind, bytes, modifiedAt }] : [];
    });
  }

  /**
   * Files of a folder, within the panel's budget. A folder that the node does not read (removed meanwhile, without
   * rights) is counted and left out; every other problem ends the search.
   */
  async #read(folder: string): Promise<readonly ServerFile[]> {
    const { panel, signal } = this.deps;
    for (;;) {
      await this.#rest();
      if (signal.aborted) return [];
      try {
        const files = await panel.list(folder);
        this.#folders += 1;
        return files;
      } catch (error) {
        const { code, retryAt, condition } = toProblem(error);
        if (code === 'rate-limited' && retryAt !== undefined) {
          await this.#until(retryAt);
          continue;
        }
        if (code !== 'conflict' || condition !== undefined || this.#folders === 0) throw error;
        this.#unread += 1;
        return [];
      }
    }
  }

  async #rest(): Promise<void> {
    const until = this.deps.panel.restUntil(freePart);
    if (until !== null) await this.#until(until);
  }

  /** Resolves at this time, or as soon as the search is given up. */
  #until(at: number): Promise<void> {
    const { clock, signal } = this.deps;
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(Math.max(0, at - clock.now()), end);
      signal.addEventListener('abort', end, { once: true });
    });
  }

  #send(files: readonly FoundFile[], more: Partial<FoundPart> = {}): void {
    if (this.deps.signal.aborted) return;
    const counts = { folders: this.#folders, unread: this.#unread };
    this.deps.send({ files, ...counts, end: false, cut: null, problem: null, ...more });
  }
}
