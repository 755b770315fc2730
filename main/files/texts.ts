/** Texts of the editor: reads files of servers, and saves them without losing anybody's text. */
import type { HandlerInput, HandlerOutput } from '../../bridge/schema/contract.js';
import { mostTextBytes, type TextDraft } from '../../bridge/schema/texts.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { CallTable } from '../base/calls.js';
import type { FileContents, FileRef } from './file-contents.js';
import { encodedText, openedText } from './text-format.js';

/** Unsaved texts on this computer. Every method rejects with `PerchError` only. */
export interface TextDraftStore {
  of(file: FileRef): Promise<TextDraft | null>;
  keep(file: FileRef, draft: TextDraft): Promise<void>;
  drop(file: FileRef): Promise<void>;
  /** Drops the draft only if the draft has this text. */
  dropSaved(file: FileRef, text: string): Promise<void>;
}

export interface TextsDeps {
  readonly contents: Pick<FileContents, 'read' | 'readThere' | 'replace'>;
  readonly drafts: TextDraftStore;
  /** A person sees the draft of a file, or it is gone. */
  readonly draftSeen: (file: FileRef) => void;
  /** Whether the account of a server is there. A window may still send a draft after its removal. */
  readonly isKnown: (serverId: string) => boolean;
}

type Opened = HandlerOutput<'texts.open'>['opened'];
type Saved = HandlerOutput<'texts.save'>;

export class Texts {
  constructor(private readonly deps: TextsDeps) {}

  readonly calls = {
    'texts.open': async (file) => {
      // A draft that can't be read does not keep the file from the editor.
      const draft = await this.deps.drafts.of(file).catch(() => null);
      const opened = await this.#open(file, draft);
      this.deps.draftSeen(file);
      return { opened, draft };
    },
    'texts.save': (input) => this.#save(input),
    'texts.keepDraft': async ({ draft, ...file }) => {
      if (this.deps.isKnown(file.serverId)) await this.deps.drafts.keep(file, draft);
    },
    'texts.dropDraft': async (file) => {
      await this.deps.drafts.drop(file);
      this.deps.draftSeen(file);
    },
  } satisfies CallTable;

  async #open(file: FileRef, draft: TextDraft | null): Promise<Opened> {
    const { contents } = this.deps;
    const bytes = await (draft === null ? contents.read(file) : contents.readThere(file));
    return bytes === undefined ? { kind: 'gone' } : shownText(bytes);
  }

  async #save({ text, format, version, makes, ...file }: HandlerInput<'texts.save'>): Promise<Saved> {
    const bytes = encodedText(text, format);
    if (bytes === null) throw new PerchError(unencodable);
    if (bytes.length > mostTextBytes) throw new PerchError(tooLong);
    const saved = await this.deps.contents.replace(file, bytes, { version, makes });
    if ('changed' in saved) return { changed: shownText(saved.changed) };
    // A remaining draft is offered again, which loses nothing. A different text is the unsaved text of another window.
    if ('saved' in saved) await this.deps.drafts.dropSaved(file, text).catch(() => undefined);
    return saved;
  }
}

/** The text of a content; null = larger than a panel shows. */
function shownText(bytes: Uint8Array | null): Exclude<Opened, { kind: 'gone' }> {
  return bytes === null ? { kind: 'refused', why: 'too-large' } : openedText(bytes);
}

const tooLong = newProblem('invalid', sentence('texts.too-long'));
const unencodable = newProblem('invalid', sentence('texts.unencodable'));
