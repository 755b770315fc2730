/** Files of servers that a person edits in other programs (EDITOR "In another program"). */
import { PerchError, newProblem } from '../../bridge/errors.js';
import { mostEditedFiles, type EditedFile, type EditedState } from '../../bridge/schema/edited-files.js';
import { sentence } from '../../messages/messages.js';
import type { CallTable } from '../base/calls.js';
import { Watchable } from '../base/observable.js';
import type { EditedStore, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import { EditedFileSession, type EditedFileDeps } from './edited-file.js';
import {
  draftTaken,
  editingEnded,
  noProgram,
  notUploaded,
  tooLargeToOpen,
  tooMany,
} from './edited-problems.js';
import { editorName, opensAsData } from './editor-name.js';
import type { FileContents, FileRef } from './file-contents.js';
import { fateOfCopy, type LeftCopiesDeps } from './left-copies.js';
import { openedText, versionOf } from './text-format.js';
import type { TextDraftStore } from './texts.js';

export interface OwnEditorDeps extends Omit<EditedFileDeps, 'changed' | 'noted' | 'contents'> {
  readonly contents: Pick<FileContents, 'read' | 'readThere' | 'replace' | 'facts'>;
  readonly store: EditedStore;
  readonly drafts: Pick<TextDraftStore, 'of' | 'keep'>;
  readonly newId: () => string;
  readonly startedAt: LeftCopiesDeps['startedAt'];
  readonly log: Log;
}

/** A local copy that a program can open. */
export interface FetchedCopy {
  /** Whole path on this computer. */
  readonly path: string;
  /** True if this call made the copy. */
  readonly isNew: boolean;
}

export class OwnEditor extends Watchable<readonly EditedFile[]> {
  readonly #sessions = new Map<string, EditedFileSession>();
  /** Sessions of terminals, which windows do not show. */
  readonly #hidden = new Set<EditedFileSession>();
  /** Sessions that terminals alone have opened in this run: no other program has their copies. */
  readonly #borrowed = new Set<EditedFileSession>();
  readonly #turns = new SerialQueue();

  constructor(private readonly deps: OwnEditorDeps) {
    super([]);
  }

  readonly calls = {
    'ownEditor.upload': ({ replaces, ...file }) => this.demand(file).upload({ replaces }),
    'ownEditor.compare': (file) => this.demand(file).compare(),
    'ownEditor.keepDraft': (file) => this.#keepDraft(file),
    'ownEditor.stop': ({ discards, ...file }) => this.stopEditing(file, { discards }),
  } satisfies CallTable;

  /**
   * Resumes the files of the last run. A change that was not uploaded waits for a person. Copies of removed accounts
   * are removed; without accounts nothing is, because the list of accounts may be damaged.
   */
  async start(accountIds: readonly string[]): Promise<void> {
    const { store } = this.deps;
    await this.#turns.run(async () => {
      for (const record of await store.load()) {
        const isKnown = accountIds.length === 0 || accountIds.includes(accountOf(record));
        const fate = isKnown ? await fateOfCopy(record, this.deps) : 'over';
        if (fate === 'over') await this.#removeCopy(record.id);
        else await this.#add(record, fate === 'left' ? { kind: 'left' } : { kind: 'same', uploadedAt: null });
      }
      await this.#save().catch(() => undefined);
    });
  }

  stop(): void {
    for (const session of this.#sessions.values()) session.end();
  }

  /**
   * Brings a file to this computer and watches the copy. A copy that has not been uploaded stays unchanged. `isGiven` =
   * the person named the program that opens the copy. Rejects with `PerchError`.
   */
  async fetch(file: FileRef, { isGiven }: { readonly isGiven: boolean }): Promise<FetchedCopy> {
    const { session, isNew } = await this.#turns.run(async () => {
      const fetched = await this.#fetch(file, isGiven);
      // In this turn: a terminal that ends its editing next has to leave the copy to the program.
      this.#borrowed.delete(fetched.session);
      if (this.#hidden.delete(fetched.session)) await fetched.session.watch();
      return fetched;
    });
    this.#tell();
    if (!isGiven && !opensAsData(session.record.name)) throw new PerchError(noProgram(file));
    return { path: session.path, isNew };
  }

  /**
   * As `fetch`, for a program that the caller waits for: nothing is uploaded, and no window shows a new copy, until
   * `giveBack`. One caller at a time for a file.
   */
  async borrow(file: FileRef): Promise<EditedFileSession> {
    return (await this.#turns.run(() => this.#fetch(file, true, { isHidden: true }))).session;
  }

  /**
   * The program of the caller of `borrow` has ended. Removes the copy if the server has its content, and if no other
   * program was given the copy. Windows show what stays.
   */
  async giveBack(session: EditedFileSession): Promise<void> {
    await this.#turns.run(async () => {
      const isPending = await session.isPending().catch(() => true);
      if (this.#borrowed.has(session) && !isPending) return this.#end(session);
      if (this.#hidden.delete(session)) await session.watch();
    });
    this.#tell();
  }

  /** Ends the editing and removes the copy. Rejects with `conflict` if it was not uploaded, unless that is agreed. */
  async stopEditing(file: FileRef, { discards }: { readonly discards: boolean }): Promise<void> {
    const session = this.#sessions.get(keyOf(file));
    if (session === undefined) return;
    await this.#turns.run(async () => {
      // A program may have saved while this waited for its turn.
      if (!discards && (await session.isPending())) throw new PerchError(notUploaded(file));
      await this.#end(session);
    });
  }

  /** Removes the copies of a removed account. */
  async forgetAccount(accountId: string): Promise<void> {
    await this.#turns.run(async () => {
      for (const session of this.sessionsOf(accountId)) await this.#end(session);
    });
  }

  /** Files of an account, also those that no window shows. */
  sessionsOf(accountId: string): EditedFileSession[] {
    return [...this.#sessions.values()].filter(({ record }) => accountOf(record) === accountId);
  }

  /** Rejects with `not-found` for a file that nobody edits. */
  demand(file: FileRef): EditedFileSession {
    const session = this.#sessions.get(keyOf(file));
    if (session !== undefined) return session;
    throw new PerchError(editingEnded(file));
  }

  async #keepDraft(file: FileRef): Promise<void> {
    const { drafts } = this.deps;
    const session = this.demand(file);
    const draft = await session.draft();
    if (draft === null) throw new PerchError(newProblem('invalid', sentence('own-editor.no-text')));
    const earlier = await drafts.of(file);
    if (earlier !== null && earlier.text !== draft.text) throw new PerchError(draftTaken(file));
    await drafts.keep(file, draft);
    await this.#turns.run(async () => {
      // Only the copy has the saves since then.
      if ((await session.draft())?.text === draft.text) await this.#end(session);
    });
  }

  async #fetch(
    file: FileRef,
    isGiven: boolean,
    { isHidden = false } = {},
  ): Promise<{ readonly session: EditedFileSession; readonly isNew: boolean }> {
    const { contents, clock, newId, disk } = this.deps;
    const known = this.#sessions.get(keyOf(file));
    if (known !== undefined && (await known.isPending())) return { session: known, isNew: false };
    if (known === undefined && this.#sessions.size >= mostEditedFiles) throw new PerchError(tooMany);
    const over = known?.record.version;
    const bytes = await contents.read(file);
    if (bytes === null) throw new PerchError(tooLargeToOpen(file));
    if (known !== undefined && over !== undefined) {
      await known.refresh(bytes, over);
      return { session: known, isNew: false };
    }
    const name = editorName(file.path, { isGiven, isText: openedText(bytes).kind === 'text' });
    if (name === null) throw new PerchError(noProgram(file));
    const id = newId();
    const { serverId, path } = file;
    const record = { id, serverId, path, name, version: versionOf(bytes), at: clock.wall() };
    const session = this.#make(record, { kind: 'same', uploadedAt: null });
    try {
      // The list first: a Perch that is killed in between leaves an entry without a copy, which the next start drops.
      await this.#save();
      await disk.write(record, bytes);
    } catch (error) {
      await this.#end(session);
      throw error instanceof PerchError
        ? error
        : new PerchError(newProblem('internal', sentence('own-editor.unwritten')), { cause: error });
    }
    if (!isHidden) await session.watch();
    else [this.#hidden, this.#borrowed].forEach((sessions) => sessions.add(session));
    return { session, isNew: true };
  }

  async #add(record: EditedFileSession['record'], state: EditedState): Promise<void> {
    await this.#make(record, state)
      .watch()
      .catch(() => undefined);
    this.#tell();
  }

  #make(record: EditedFileSession['record'], state: EditedState): EditedFileSession {
    const session = new EditedFileSession(
      {
        ...this.deps,
        changed: () => this.#tell(),
        // A list that can't be written makes the next start ask about a save that was uploaded.
        noted: () => void this.#save().catch(() => undefined),
      },
      record,
      state,
    );
    this.#sessions.set(keyOf(record), session);
    return session;
  }

  async #end(session: EditedFileSession): Promise<void> {
    session.end();
    this.#hidden.delete(session);
    this.#borrowed.delete(session);
    this.#sessions.delete(keyOf(session.record));
    this.#tell();
    await this.#removeCopy(session.record.id);
    await this.#save().catch(() => undefined);
  }

  async #removeCopy(id: string): Promise<void> {
    await this.deps.disk.remove(id).catch((error: unknown) => {
      this.deps.log.warn('edited-files.not-removed', { message: String(error) });
    });
  }

  #save(): Promise<void> {
    return this.deps.store.save([...this.#sessions.values()].map(({ record }) => record));
  }

  #tell(): void {
    const shown = [...this.#sessions.values()].filter((session) => !this.#hidden.has(session));
    this.set(shown.map((session) => session.shown));
  }
}

const keyOf = ({ serverId, path }: FileRef): string => JSON.stringify([serverId, path]);

const accountOf = ({ serverId }: Pick<FileRef, 'serverId'>): string =>
  serverId.slice(0, serverId.indexOf('/'));
