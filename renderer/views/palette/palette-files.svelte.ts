/** Search of the palette for files of one server, which begins after a pause in typing. */
import { folderOf, lastPart } from '../../../bridge/files/file-paths.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { FoundFile } from '../../../bridge/schema/files.js';
import { say, spoken } from '../../../messages/messages.js';
import type { WindowState } from '../../state/context.js';
import { FoundFeed } from '../../state/files/found-feed.svelte.js';
import { fileIcon, filesBlock, foundNotes, visibleName } from '../server/files/file-words.js';
import type { PaletteEntry } from './palette-entry.js';

/** Pause in typing before a panel is asked, in ms: each folder is a request of its own. */
const pauseMs = 300;
/** Letters that a search needs; fewer would find nearly every file. */
const fewestLetters = 2;
/** Files that the palette lists. With more the search stops, and a longer word finds the file. */
const mostListed = 60;

export class PaletteFiles {
  #feed = $state.raw<FoundFeed | null>(null);
  #server = $state.raw<Server | null>(null);
  #query = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly entries: readonly PaletteEntry[] = $derived.by(() => {
    const { id } = this.#server ?? {};
    if (id === undefined) return [];
    return (this.#feed?.files ?? []).slice(0, mostListed).map((file) => fileEntry(id, file));
  });

  constructor(private readonly client: WindowState['client']) {}

  /** Looks for files of a server by words of their names; null = ends the search. */
  look(server: Server | null, typed: string): void {
    const query = typed.trim();
    const isSame = server?.id === this.#server?.id && query === this.#query;
    this.#server = server;
    if (isSame) return;
    this.#query = query;
    this.#end();
    if (server === null || query.length < fewestLetters || readBlock(server) !== null) return;
    const { id } = server;
    this.#timer = setTimeout(() => {
      this.#feed = new FoundFeed(this.client, id, '/', query);
      this.#feed.start();
    }, pauseMs);
  }

  /** For an effect: requests only as many files as the palette lists. */
  limit(): void {
    if (this.#isFull) this.#feed?.stop();
  }

  get #isFull(): boolean {
    return (this.#feed?.files.length ?? 0) > mostListed;
  }

  /** Reason for an empty list. */
  get empty(): string {
    if (this.#server === null) return say('palette.files-no-server');
    const block = readBlock(this.#server);
    if (block !== null) return block;
    if (this.#query.length < fewestLetters) return say('palette.files-type', { count: fewestLetters });
    const { end = false, problem = null } = this.#feed?.progress ?? {};
    if (problem !== null) return `${spoken(problem.message)} ${spoken(problem.next)}`.trim();
    return end ? say('files.found-none', { query: this.#query }) : say('files.finding');
  }

  /** Progress of the search, places that it left out, and the reason of its end; empty without a search. */
  get notes(): string {
    if (this.#feed === null || this.#server === null) return '';
    const { files, progress } = this.#feed;
    const [shown, more] = [Math.min(files.length, mostListed), say('files.found-cut-files')];
    const notes = foundNotes(
      shown,
      this.#isFull && progress !== null ? { ...progress, end: true } : progress,
    );
    const problem = progress?.problem ?? null;
    return [
      ...notes,
      ...(this.#isFull ? [more] : []),
      ...(problem === null || files.length === 0 ? [] : [spoken(problem.message)]),
    ].join(' · ');
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#feed?.stop();
    this.#feed = null;
  }
}

function readBlock(server: Server): string | null {
  return filesBlock(server, 'file.read');
}

/** Why a found file can't be opened; null if it can. A link or a device is shown in its folder. */
export function foundBlock(server: Server, { path, kind }: Pick<FoundFile, 'path' | 'kind'>): string | null {
  const parts = path
    .slice(1)
    .split('/')
    .map((name) => ({ name }));
  return filesBlock(server, kind === 'file' ? 'file.read-content' : 'file.read', parts);
}

function fileEntry(serverId: string, { path, kind }: FoundFile): PaletteEntry {
  const name = lastPart(path);
  return {
    id: `file ${serverId} ${path}`,
    label: visibleName(name),
    hint: folderOf(path) === '/' ? '' : visibleName(folderOf(path)),
    icon: fileIcon({ kind, name }),
    choice: { kind: 'file', serverId, path, fileKind: kind },
  };
}
