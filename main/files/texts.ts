/** Texts of the editor: reads files of servers, and saves them without losing anybody's text. */
import type { HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';
import { mostTextBytes, type TextDraft } from '../../bridge/schema/texts.js';
import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { folderOf, lastPart } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import type { CallTable } from '../base/calls.js';
import { Emitter } from '../base/emitter.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { FilesPanelOf } from './files-panel.js';
import { FolderLook } from './folder-look.js';
import { encodedText, openedText, versionOf } from './text-format.js';

/** A file of a server; `path` is from the server's folder. */
interface FileRef {
  readonly serverId: string;
  readonly path: string;
}

/** Unsaved texts on this computer. Every method rejects with `PerchError` only. */
export interface TextDraftStore {
  of(file: FileRef): Promise<TextDraft | null>;
  keep(file: FileRef, draft: TextDraft): Promise<void>;
  drop(file: FileRef): Promise<void>;
  /** Drops the draft only if the draft has this text. */
  dropSaved(file: FileRef, text: string): Promise<void>;
}

export interface TextsDeps {
  readonly panelOf: FilesPanelOf;
  readonly drafts: TextDraftStore;
  /** Whether the account of a server is there. A window may still send a draft after its removal. */
  readonly isKnown: (serverId: string) => boolean;
}

/** Content of a file as Perch saw it. */
export interface SeenText extends FileRef {
  readonly bytes: Uint8Array;
  readonly why: 'read' | 'written';
}

type Opened = HandlerOutput<'texts.open'>['opened'];
type Saved = HandlerOutput<'texts.save'>;

export class Texts {
  /** Each content that was read for the editor or written by it. */
  readonly seen = new Emitter<SeenText>();
  /** Saves of a server one after the other, so that two windows do not both find the old version. By server. */
  readonly #saves = new Map<string, SerialQueue>();

  constructor(private readonly deps: TextsDeps) {}

  readonly calls = {
    'texts.open': async (file) => {
      // A draft that can't be read does not keep the file from the editor.
      const draft = await this.deps.drafts.of(file).catch(() => null);
      return { opened: await this.#open(file, draft), draft };
    },
    'texts.save': (input) => this.#savesOf(input).run(() => this.#save(input)),
    'texts.keepDraft': async ({ draft, ...file }) => {
      if (this.deps.isKnown(file.serverId)) await this.deps.drafts.keep(file, draft);
    },
    'texts.dropDraft': (file) => this.deps.drafts.drop(file),
  } satisfies CallTable;

  #savesOf({ serverId }: FileRef): SerialQueue {
    const saves = this.#saves.get(serverId) ?? new SerialQueue();
    this.#saves.set(serverId, saves);
    return saves;
  }

  async #open(file: FileRef, draft: TextDraft | null): Promise<Opened> {
    const bytes = await this.#read(file).catch(async (error: unknown) => {
      if (draft !== null && (await this.#isGone(file))) return undefined;
      throw error;
    });
    if (bytes === undefined) return { kind: 'gone' };
    return bytes === null ? tooLarge : openedText(bytes);
  }

  async #save({ text, format, version, makes, ...file }: HandlerInput<'texts.save'>): Promise<Saved> {
    const bytes = encodedText(text, format);
    if (bytes === null) throw new PerchError(unencodable);
    if (bytes.length > mostTextBytes) throw new PerchError(tooLong);
    const other = version === null ? null : await this.#otherThan([version, versionOf(bytes)], file);
    const isKept = other !== null && !('gone' in other && makes === true);
    const saved = isKept ? other : await this.#write(file, bytes, version);
    // A draft that stays is offered again, which loses nothing. Another text is unsaved text of another window.
    if ('saved' in saved) await this.deps.drafts.dropSaved(file, text).catch(() => undefined);
    return saved;
  }

  /** What the file holds in place of these versions; null = one of them. */
  async #otherThan(versions: readonly string[], file: FileRef): Promise<Saved | null> {
    const bytes = await this.#read(file).catch(async (error: unknown) => {
      if (await this.#isGone(file)) return undefined;
      throw error;
    });
    if (bytes === undefined) return { gone: true };
    if (bytes === null) return { changed: tooLarge };
    return versions.includes(versionOf(bytes)) ? null : { changed: openedText(bytes) };
  }

  /** After a lost answer the file itself tells whether the panel has carried the call out (PROTOCOL trap 18). */
  async #write(file: FileRef, bytes: Uint8Array, version: string | null): Promise<Saved> {
    const saved = versionOf(bytes);
    try {
      await this.deps.panelOf(file.serverId).write(file.path, bytes);
    } catch (error) {
      if (toProblem(error).maybeDone !== true) throw error;
      const now = await this.#read(file).catch(() => null);
      const found = now === null ? version : versionOf(now);
      if (now !== null && found !== saved && found !== version && version !== null)
        return { changed: openedText(now) };
      if (found !== saved) throw error;
    }
    this.seen.emit({ ...file, bytes, why: 'written' });
    return { saved };
  }

  /** null for a file that is too large. */
  async #read(file: FileRef): Promise<Uint8Array | null> {
    const bytes = await this.deps.panelOf(file.serverId).read(file.path);
    if (bytes === null || bytes.length > mostTextBytes) return null;
    this.seen.emit({ ...file, bytes, why: 'read' });
    return bytes;
  }

  /**
   * Whether the folder of a file lacks the file. A panel answers alike for a missing file and for a link that leads
   * elsewhere (PROTOCOL 2.17.4), so only the list tells.
   */
  async #isGone({ serverId, path }: FileRef): Promise<boolean> {
    const look = await FolderLook.at(this.deps.panelOf(serverId), folderOf(path)).catch(() => null);
    return look?.find(lastPart(path)) === null;
  }
}

const tooLarge = { kind: 'refused', why: 'too-large' } as const;
const tooLong = newProblem('invalid', sentence('texts.too-long'));
const unencodable = newProblem('invalid', sentence('texts.unencodable'));
