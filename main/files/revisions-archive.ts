import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { Revision, RevisionWhy } from '../../bridge/schema/revisions.js';
import type { ServerState } from '../../bridge/schema/server-states.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { Emitter } from '../base/emitter.js';
import type { Clock } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import { limits, type KeptRevision } from './revisions-limits.js';
import { sweep } from './revisions-sweep.js';
import {
  folderOfAccount,
  ServerRevisionsFiles,
  trimmed,
  type ServerRevisions,
  type ServerRevisionsDeps,
} from './server-revisions.js';

export interface RevisionsDeps extends ServerRevisionsDeps {
  readonly clock: Clock;
  /** Whether the account of a server is there. A text that arrives after its removal is not kept. */
  readonly isKnown: (serverId: string) => boolean;
}

/** A text file of a server. `path` = from the server's folder, with leading "/". */
export interface TextFile {
  readonly serverId: string;
  readonly path: string;
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
/** Texts are compressed while nobody waits, but often. */
const fast = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const dayMs = 86_400_000;
/** New compressed bytes after which the limits are looked at before a day has passed. */
const sweepAfterBytes = 10_000_000;

/**
 * Earlier contents of text files, in a folder of each panel: one file lists the revisions of a server, and each content
 * is kept once, compressed, under its hash. A content is written before its revision and removed after it, so a crash
 * in between leaves an unused content, which the next sweep removes.
 */
export class RevisionsArchive {
  /** A file has a revision more. */
  readonly changed = new Emitter<TextFile>();
  readonly #files: ServerRevisionsFiles;
  readonly #turns = new SerialQueue();
  readonly #daily: Alarm;
  #unswept = 0;

  constructor(private readonly deps: RevisionsDeps) {
    this.#files = new ServerRevisionsFiles(deps);
    this.#daily = new Alarm(deps.clock);
  }

  /** Forgets all other accounts. Without accounts it forgets nothing: the list may be damaged. */
  start(accountIds: readonly string[]): void {
    const known = accountIds.length === 0 ? null : new Set(accountIds.map(folderOfAccount));
    this.#sweep((name) => known?.has(name) === false);
  }

  async stop(): Promise<void> {
    this.#daily.clear();
    await this.#turns.idle();
  }

  /** Keeps a content unless it is the file's newest one already. Nobody waits for it, and it never fails loudly. */
  add(file: TextFile, bytes: Uint8Array, why: RevisionWhy): void {
    void this.keep(file, bytes, why).catch((error: unknown) =>
      this.deps.log.warn('revisions.unwritten', { message: String(error) }),
    );
  }

  /** As `add`; resolves with the hash of the content. Rejects if the disk refuses it. */
  async keep(file: TextFile, bytes: Uint8Array, why: RevisionWhy): Promise<string> {
    const { serverId, path } = file;
    const version = createHash('sha256').update(bytes).digest('hex');
    if (bytes.length > limits.textBytes) return version;
    const isNew = await this.#turns.run(async () => {
      if (!this.deps.isKnown(serverId)) return false;
      const known = await this.#files.load(serverId);
      if (known.revisions.findLast((one) => one.path === path)?.version === version) return false;
      const content = await compress(bytes, fast);
      await this.deps.folder.write(contentName(serverId, version), content);
      const at = this.deps.clock.wall();
      const added = { path, id: nextId(known), at, why, bytes: bytes.length, version };
      await this.#files.save(trimmed({ ...known, revisions: [...known.revisions, added] }, at));
      this.#unswept += content.length;
      return true;
    });
    if (isNew) this.changed.emit(file);
    if (this.#unswept > sweepAfterBytes) this.#sweep();
    return version;
  }

  /** Newest first. Rejects if the disk refuses it. */
  list({ serverId, path }: TextFile): Promise<Revision[]> {
    return this.#turns.run(async () => {
      const { revisions } = await this.#files.load(serverId);
      return revisions
        .filter((one) => one.path === path)
        .map(withoutPath)
        .reverse();
    });
  }

  /** The bytes of a revision. Rejects with `PerchError` if they are gone or damaged. */
  bytes({ serverId, path }: TextFile, id: string): Promise<Uint8Array> {
    return this.#turns.run(async () => {
      const { revisions } = await this.#files.load(serverId);
      const revision = revisions.find((one) => one.id === id && one.path === path);
      if (revision === undefined) throw new PerchError(newProblem('not-found', sentence('revisions.gone')));
      return this.#content(contentName(serverId, revision.version), revision.version);
    });
  }

  goodStart(serverId: string): Promise<ServerState | null> {
    return this.#turns.run(async () => (await this.#files.load(serverId)).goodStart);
  }

  /** Rejects if the disk refuses it. */
  setGoodStart(serverId: string, goodStart: ServerState): Promise<void> {
    return this.#change(serverId, { goodStart, readAt: goodStart.readAt });
  }

  /** Wall-clock time at which the watch last read the server's configuration; null = not within the last 90 days. */
  readAt(serverId: string): Promise<number | null> {
    return this.#turns.run(async () => (await this.#files.load(serverId)).readAt);
  }

  /** Rejects if the disk refuses it. */
  setReadAt(serverId: string, readAt: number): Promise<void> {
    return this.#change(serverId, { readAt });
  }

  /** Never rejects; the next start of Perch tries again. */
  async forgetAccount(accountId: string): Promise<void> {
    await this.#turns.run(() => this.deps.folder.remove(folderOfAccount(accountId))).catch(() => undefined);
  }

  #change(serverId: string, change: Partial<ServerRevisions>): Promise<void> {
    return this.#turns.run(async () => {
      if (!this.deps.isKnown(serverId)) return;
      await this.#files.save({ ...(await this.#files.load(serverId)), ...change });
    });
  }

  async #content(name: string, version: string): Promise<Uint8Array> {
    const { folder, log } = this.deps;
    const kept = await folder.read(name).catch(() => null);
    if (kept === null) throw new PerchError(newProblem('not-found', sentence('revisions.gone')));
    const bytes = await decompress(kept, { maxOutputLength: limits.textBytes }).catch(() => null);
    if (bytes !== null && createHash('sha256').update(bytes).digest('hex') === version) return bytes;
    log.warn('revisions.damaged', { why: 'content' });
    await folder.setAside(name).catch(() => undefined);
    throw new PerchError(newProblem('internal', sentence('revisions.damaged')));
  }

  #sweep(isGone: (accountFolder: string) => boolean = () => false): void {
    const { clock, log, folder } = this.deps;
    this.#unswept = 0;
    this.#daily.set(dayMs, () => this.#sweep());
    const run = () => sweep({ folder, files: this.#files, now: clock.wall(), isGone });
    void this.#turns
      .run(run)
      .catch((error: unknown) => log.warn('revisions.unswept', { message: String(error) }));
  }
}

function contentName(serverId: string, version: string): string {
  return `${folderOfAccount(serverId.slice(0, serverId.indexOf('/')))}/${version}`;
}

function nextId({ revisions }: ServerRevisions): string {
  return String(1 + revisions.reduce((most, { id }) => Math.max(most, Number(id) || 0), 0));
}

function withoutPath({ id, at, why, bytes, version }: KeptRevision): Revision {
  return { id, at, why, bytes, version };
}
