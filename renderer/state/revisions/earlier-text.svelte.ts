import { newProblem, PerchError } from '../../../bridge/errors.js';
import type { OpenedText } from '../../../bridge/schema/texts.js';
import { sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

export interface TextFileRef {
  readonly serverId: string;
  readonly path: string;
}

/** An earlier text of a file beside the one of today, and its way back. */
export class EarlierText {
  readonly reading = new Task();
  readonly writing = new Task();
  /** null until it was read. */
  was: OpenedText | null = $state.raw(null);
  /** null until it was read, and for a file that is gone. */
  is: OpenedText | null = $state.raw(null);
  /** True once the earlier text is the file's text. */
  isBack = $state(false);

  constructor(
    private readonly client: PerchClient,
    private readonly file: TextFileRef,
  ) {}

  /** Reads an earlier text and the one of today, unless it is at hand; `is` null = the file is gone. Never rejects. */
  async read(was: string, is: string | OpenedText | null): Promise<void> {
    this.reading.forget();
    [this.was, this.is, this.isBack] = [null, null, false];
    const read = await this.reading.run(() =>
      Promise.all([this.#text(was), typeof is === 'string' ? this.#text(is) : is]),
    );
    if (read !== null) [this.was, this.is] = read.value;
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
      // Somebody may have removed the file: there is nothing to lose.
      makes: true,
    });
    if ('changed' in answer)
      throw new PerchError(newProblem('conflict', sentence('revisions.changed-meanwhile')));
  }

  #text(id: string): Promise<OpenedText> {
    return this.client.call('revisions.text', { ...this.file, id });
  }
}
