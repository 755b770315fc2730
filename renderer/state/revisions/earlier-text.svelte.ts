import type { HandlerOutput } from '../../../bridge/schema/contract.js';
import { newProblem, PerchError } from '../../../bridge/errors.js';
import type { OpenedText } from '../../../bridge/schema/texts.js';
import { sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

export interface TextFileRef {
  readonly serverId: string;
  readonly path: string;
}

/** Whether a draft of the file holds another text than the file. */
export function hasUnsavedText({ opened, draft }: HandlerOutput<'texts.open'>): boolean {
  return draft !== null && !(opened.kind === 'text' && draft.text === opened.text);
}

/** An earlier text of a file beside the present text, and how to restore it. */
export class EarlierText {
  readonly reading = new Task();
  readonly writing = new Task();
  /** null until it was read. */
  was: OpenedText | null = $state.raw(null);
  /** null until it was read, and for a file that is gone. */
  is: OpenedText | null = $state.raw(null);
  /** True once the earlier text is the file's text. */
  isBack = $state(false);
  /** True if the file has unsaved text. False until it was read, and if the text of today was at hand. */
  isUnsaved = $state(false);

  constructor(
    private readonly client: PerchClient,
    private readonly file: TextFileRef,
  ) {}

  /** Reads an earlier text and the present text, unless they are known; `is` null = the file is gone. Never rejects. */
  async read(was: string, is: string | OpenedText | null): Promise<void> {
    this.reading.forget();
    [this.was, this.is, this.isBack, this.isUnsaved] = [null, null, false, false];
    const isAtHand = typeof is === 'object' && is !== null;
    const read = await this.reading.run(() =>
      Promise.all([
        this.#text(was),
        typeof is === 'string' ? this.#text(is) : is,
        isAtHand ? false : this.#isUnsaved(),
      ]),
    );
    if (read !== null) [this.was, this.is, this.isUnsaved] = read.value;
  }

  /**
   * Writes the earlier text, unless somebody has changed the file since the texts were read. Resolves with whether it
   * worked; never rejects.
   */
  async putBack(): Promise<boolean> {
    const { was, is } = this;
    if (was?.kind !== 'text') return false;
    const done = await this.writing.run(() =>
      this.#save(was, is?.kind === 'text' ? is.version : was.version),
    );
    if (done !== null) this.isBack = true;
    return this.isBack;
  }

  async #save(text: Extract<OpenedText, { kind: 'text' }>, version: string): Promise<void> {
    const answer = await this.client.call('texts.save', {
      ...this.file,
      text: text.text,
      format: text.format,
      version,
      // If somebody has removed the file, no text gets lost.
      makes: true,
    });
    if ('changed' in answer)
      throw new PerchError(newProblem('conflict', sentence('revisions.changed-meanwhile')));
  }

  /** A file that is gone can be read only if it has unsaved text. */
  #isUnsaved(): Promise<boolean> {
    return this.client.call('texts.open', this.file).then(hasUnsavedText, () => false);
  }

  #text(id: string): Promise<OpenedText> {
    return this.client.call('revisions.text', { ...this.file, id });
  }
}
