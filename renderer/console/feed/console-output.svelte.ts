/** Saving and copying of console output, with a notice about the result. */
import { toProblem } from '../../../bridge/errors.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';

export interface OutputNotice {
  readonly tone: 'info' | 'error';
  readonly message: Sentence;
  /** null without a next step. */
  readonly next: Sentence | null;
}

/** Limit of `clipboard.write`, in characters. */
const mostCopied = 4_000_000;

export class ConsoleOutput {
  notice = $state.raw<OutputNotice | null>(null);
  isSaving = $state(false);

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  async save(text: string): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    this.notice = null;
    await this.#try(async () => {
      const { path } = await this.client.call('console.save', { serverId: this.serverId, text });
      if (path !== null) this.#say(sentence('console-output.saved', { path }));
    });
    this.isSaving = false;
  }

  /** Copies text. Only a copy of the whole text shows a notice, because it changes nothing else on the screen. */
  async copy(text: string, what: 'selection' | 'everything'): Promise<void> {
    const isWhole = text.length <= mostCopied;
    await this.#try(async () => {
      await this.client.call('clipboard.write', { text: isWhole ? text : text.slice(-mostCopied) });
      if (!isWhole) this.#say(sentence('console-output.copied-end'));
      else if (what === 'everything') this.#say(sentence('console-output.copied-all'));
    });
  }

  async openLink(url: string): Promise<void> {
    await this.#try(() => this.client.call('link.open', { url }));
  }

  dismiss(): void {
    this.notice = null;
  }

  #say(message: Sentence): void {
    this.notice = { tone: 'info', message, next: null };
  }

  /** Shows why the work failed. */
  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { message, next } = toProblem(error);
      this.notice = { tone: 'error', message, next };
    }
  }
}
