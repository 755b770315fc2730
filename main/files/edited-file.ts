import { PerchError, newProblem, toProblem, type Problem } from '../../bridge/errors.js';
import type { HandlerOutput } from '../../bridge/schema/contract.js';
import type { EditedFile, EditedRecord, EditedState, SeenContent } from '../../bridge/schema/edited-files.js';
import type { ProblemCode } from '../../bridge/schema/problem.js';
import type { TextDraft } from '../../bridge/schema/texts.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import { BackOff, upToHalfLess } from '../base/back-off.js';
import type { Clock, Random } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { CopyContent, EditedDisk } from './edited-disk.js';
import { seenContent, shownText, shownTheirs } from './compared-file.js';
import { editingEnded, tooLarge, unread } from './edited-problems.js';
import type { FileContents, Replacing } from './file-contents.js';
import { keepsChanges } from './kept-changes.js';
import { LocalSaves } from './local-saves.js';
import { isPendingCopy } from './pending-copy.js';
import { openedText, versionOf } from './text-format.js';

export interface EditedFileDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly disk: EditedDisk;
  readonly contents: Pick<FileContents, 'readThere' | 'replace' | 'facts'>;
  /** The shown state has changed. */
  readonly changed: () => void;
  /** The record has changed. */
  readonly noted: () => void;
}

const empty = new Uint8Array();
/** Most contents of which programs are asked whether they still have them. */
const mostEarlier = 4;

/** Failures that end without a person. */
const passing: ReadonlySet<ProblemCode> = new Set([
  ...([
    'offline',
    'timeout',
    'panel-unreachable',
    'panel-error',
    'node-unreachable',
    'rate-limited',
  ] as const),
]);

/**
 * One file of a server that a person edits in another program: watches the local copy and uploads each save, unless the
 * file of the server has changed meanwhile.
 */
export class EditedFileSession {
  #record: EditedRecord;
  #state: EditedState;
  #isText = true;
  /** Contents that programs may still have open, though Perch has put a newer one into the copy. */
  #earlier: readonly Uint8Array[] = [];
  /** The last content that Perch wrote to the copy. */
  #given: Uint8Array = empty;
  #uploadedAt: number | null = null;
  readonly #saves: LocalSaves;
  readonly #turns = new SerialQueue();
  readonly #retry: Alarm;
  readonly #pauses: BackOff;
  #isOver = false;

  constructor(
    private readonly deps: EditedFileDeps,
    record: EditedRecord,
    state: EditedState,
  ) {
    this.#record = record;
    this.#state = state;
    this.#retry = new Alarm(deps.clock);
    this.#pauses = new BackOff({ firstMs: 2000, longestMs: 100_000, spread: upToHalfLess(deps.random) });
    this.#saves = new LocalSaves({
      ...deps,
      copy: record,
      onChange: () => this.#noticed(),
      onSaved: (bytes) => this.#turns.run(() => this.#saved(bytes)),
    });
  }

  get record(): EditedRecord {
    return this.#record;
  }

  get shown(): EditedFile {
    const { serverId, path } = this.#record;
    return { serverId, path, isText: this.#isText, state: this.#state };
  }

  get path(): string {
    return this.deps.disk.pathOf(this.#record);
  }

  /**
   * Begins to watch the local copy, whose present content is no save: a change that was not uploaded waits for a
   * person.
   */
  async watch(): Promise<void> {
    this.#learnKind((await this.#local()) ?? empty);
    if (this.#state.kind === 'same' && (await this.isPending())) this.#show({ kind: 'left' });
    await this.#saves.start({ isKnown: true });
  }

  end(): void {
    this.#isOver = true;
    this.#saves.stop();
    this.#retry.clear();
  }

  /** Whether the local copy has changes that the server lacks. */
  async isPending(): Promise<boolean> {
    return isPendingCopy(this.#record, await this.#local());
  }

  /**
   * Takes the server's file as the local copy, unless the copy was saved or uploaded since the file was read.
   * `over` = the version of the copy when the reading began.
   */
  async refresh(bytes: Uint8Array, over: string): Promise<void> {
    await this.#turns.run(async () => {
      if (this.#record.version !== over || (await this.isPending())) return;
      const version = versionOf(bytes);
      const isThere = (await this.#local()) !== null;
      if (version !== this.#record.version || !isThere) {
        const before = await this.#local();
        await this.deps.disk.write(this.#record, bytes);
        await this.#saves.accept();
        if (before !== null && before !== 'too-large')
          this.#earlier = [before, ...this.#earlier].slice(0, mostEarlier);
        this.#given = bytes;
      }
      this.#note({ version, at: this.deps.clock.wall() });
    });
  }

  /**
   * Uploads the local copy once no program writes to it. With `replaces`, over the server's text that a person has seen
   * in a comparison. Rejects after `end`.
   */
  upload({ replaces }: { readonly replaces: SeenContent | null }): Promise<void> {
    return this.#turns.run(async () => {
      const content = await this.#saves.settled().catch(unread);
      if (this.#isOver) throw new PerchError(editingEnded(this.#record));
      if (content === null) throw new PerchError(newProblem('not-found', sentence('own-editor.copy-gone')));
      await this.#send(content, replaces);
    });
  }

  compare(): Promise<HandlerOutput<'ownEditor.compare'>> {
    return this.#turns.run(async () => {
      const theirs = await this.deps.contents.readThere(this.#record);
      const mine = (await this.#local()) ?? empty;
      const there = theirs === undefined ? null : await this.deps.contents.facts(this.#record);
      const here = await this.deps.disk.look(this.#record).catch(() => null);
      return {
        theirs: shownTheirs(theirs),
        mine: shownText(mine),
        seen: seenContent(theirs, there),
        facts: {
          there,
          mine: here === null ? null : { bytes: here.bytes, modifiedAt: here.modifiedAt },
        },
      };
    });
  }

  /** The local text as unsaved text of Perch's own editor; null if the copy is no text. Rejects above the size limit. */
  async draft(): Promise<TextDraft | null> {
    const content = (await this.#local()) ?? empty;
    if (content === 'too-large') throw new PerchError(tooLarge);
    const opened = openedText(content);
    if (opened.kind !== 'text') return null;
    return { text: opened.text, format: opened.format, version: this.#record.version };
  }

  #local(): Promise<CopyContent | null> {
    return this.deps.disk.read(this.#record).catch(unread);
  }

  #learnKind(content: CopyContent): void {
    if (content !== 'too-large') this.#isText = openedText(content).kind === 'text';
  }

  #noticed(): void {
    if (this.#state.kind !== 'conflict') this.#show({ kind: 'saved' });
  }

  async #saved(content: CopyContent): Promise<void> {
    this.#learnKind(content);
    if (!isPendingCopy(this.#record, content))
      return this.#show({ kind: 'same', uploadedAt: this.#uploadedAt });
    if (this.#state.kind !== 'conflict' || content === 'too-large') await this.#send(content, null);
  }

  async #send(bytes: CopyContent, agreed: SeenContent | null): Promise<void> {
    if (this.#isOver) return;
    this.#retry.clear();
    if (bytes === 'too-large') return this.#fail(tooLarge);
    if (agreed === null && this.#earlier.some((before) => !keepsChanges(bytes, before, this.#given)))
      return this.#show({ kind: 'conflict', why: 'changed' });
    this.#show({ kind: 'uploading' });
    try {
      const how = await this.#replacing(agreed);
      if (how === null) return this.#show({ kind: 'conflict', why: 'changed' });
      const done = await this.deps.contents.replace(this.#record, bytes, how);
      this.#pauses.reset();
      if ('saved' in done) {
        const at = (this.#uploadedAt = this.deps.clock.wall());
        this.#earlier = [];
        return this.#note({ version: done.saved, at });
      }
      this.#show({ kind: 'conflict', why: 'gone' in done ? 'gone' : 'changed' });
    } catch (error) {
      this.#fail(toProblem(error));
    }
  }

  #fail(problem: Problem): void {
    const pause = passing.has(problem.code) ? this.#pauses.next() : null;
    const now = this.deps.clock.now();
    const retryAt = problem.retryAt ?? (pause === null ? null : now + pause);
    this.#show({ kind: 'failed', problem, retryAt });
    if (retryAt === null || this.#isOver) return;
    this.#retry.set(Math.max(0, retryAt - now), () => {
      if (this.#state.kind === 'failed') void this.upload({ replaces: null }).catch(() => undefined);
    });
  }

  /** null = the file is no longer the file that the person saw. */
  async #replacing(agreed: SeenContent | null): Promise<Replacing | null> {
    const { version } = agreed?.kind === 'content' ? agreed : this.#record;
    if (agreed?.kind !== 'too-large') return { version, makes: agreed?.kind === 'gone' };
    const there = await this.deps.contents.facts(this.#record);
    const isSame = there?.bytes === agreed.bytes && there.modifiedAt === agreed.modifiedAt;
    return isSame ? { version: null } : null;
  }

  /** Server and local copy have the same content. */
  #note(changed: Pick<EditedRecord, 'version' | 'at'>): void {
    this.#record = { ...this.#record, ...changed };
    this.deps.noted();
    this.#show({ kind: 'same', uploadedAt: this.#uploadedAt });
  }

  #show(state: EditedState): void {
    this.#state = state;
    if (!this.#isOver) this.deps.changed();
  }
}
