/**
 * The file of a server that stands in the editor; outlives its view.
 *
 * Unsaved text is kept in two places: here, and a second after the last key as a draft on this computer.
 */
import type { OpenedText, ReadText, TextFormat } from '../../../bridge/schema/texts.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

const keepAfterMs = 1000;

const plain: TextFormat = { encoding: 'utf-8', bom: false };

export class TextForm {
  /** File in the editor; null = none. */
  path = $state<string | null>(null);
  /** Content of the file as Perch read or wrote it last; null while it is read. */
  opened = $state.raw<OpenedText | null>(null);
  /** Text in the editor, with the line ends of the file. */
  text = $state.raw('');
  format = $state.raw<TextFormat>(plain);
  /** Content that the panel had instead of the edited version when the text was to be saved. */
  theirs = $state.raw<OpenedText | null>(null);
  /** True while the text is a draft that an earlier window or run of Perch left. */
  isRestored = $state(false);
  /** Content that the last save replaced. */
  replaced = $state.raw<ReadText | null>(null);
  /** True while saving stops because the panel no longer has the file. */
  isGone = $state(false);
  /** Whether long lines are wrapped. */
  wraps = $state(false);
  /** Counts texts that did not come from the editor, which then shows the new `text`. */
  round = $state(0);
  readonly reading = new Task();
  readonly saving = new Task();
  readonly keeping = new Task();
  /** Version of the file that was edited. */
  #version = $state('');
  /** Text that is kept on this computer; null = none. */
  #kept = $state.raw<string | null>(null);
  #keepSoon: ReturnType<typeof setTimeout> | null = null;

  constructor(
    private readonly client: PerchClient,
    private readonly serverId: string,
  ) {}

  get isEdited(): boolean {
    const { opened, text, format } = this;
    if (opened?.kind !== 'text') return false;
    const { encoding, bom } = opened.format;
    return text !== opened.text || format.encoding !== encoding || format.bom !== bom;
  }

  /** True if closing the window would lose text. */
  get isUnkept(): boolean {
    return this.isEdited && this.#kept !== this.text;
  }

  /** The text from which the edited text and the panel's came; null if Perch does not know it. */
  get base(): string | null {
    return this.opened?.kind === 'text' && this.opened.version === this.#version ? this.opened.text : null;
  }

  /** Reads a file, unless the editor has unsaved text of that file, or text that can't be kept. */
  async open(path: string): Promise<void> {
    if (this.path === path && this.isEdited) return;
    if (!(await this.close())) return;
    this.path = path;
    await this.read();
  }

  async read(): Promise<void> {
    const { path, serverId, text } = this;
    if (path === null) return;
    const done = await this.reading.run(() => this.client.call('texts.open', { serverId, path }));
    if (done === null || this.path !== path) return;
    // Text typed during the read stays, on the version that it came from: saving it shows what the panel has.
    if (this.text !== text) return;
    const { opened: found, draft } = done.value;
    this.isGone = found.kind === 'gone';
    const { format = plain, version = '' } = draft ?? {};
    const opened: OpenedText = found.kind === 'gone' ? { kind: 'text', text: '', format, version } : found;
    this.opened = opened;
    if (opened.kind !== 'text') return;
    const isDrafted = draft !== null && draft.text !== opened.text;
    this.#show(isDrafted ? draft : opened);
    this.isRestored = isDrafted;
    this.#kept = draft?.text ?? null;
  }

  /** The person changed the text. */
  edit(text: string): void {
    this.text = text;
    this.#soon();
  }

  /** Saves a text whose file has an encoding that lacks characters of the text. */
  async saveAsUtf8(): Promise<void> {
    this.format = { encoding: 'utf-8', bom: false };
    await this.save();
  }

  /** Saves the text. `anyway` = replaces the file whatever the panel has. */
  async save({ anyway = false } = {}): Promise<void> {
    const { opened, path, serverId, text, format } = this;
    if (path === null || opened?.kind !== 'text' || this.saving.isRunning) return;
    const version = anyway ? null : this.#version;
    const done = await this.saving.run(async () => {
      // Main forgets a draft of the saved text alone.
      if (this.#kept !== null) await this.keep();
      return this.client.call('texts.save', { serverId, path, text, format, version });
    });
    if (done === null || this.path !== path) return;
    if ('changed' in done.value) this.theirs = done.value.changed;
    else if ('gone' in done.value) this.isGone = true;
    else this.#saved(opened, { kind: 'text', text, format, version: done.value.saved });
  }

  #saved(replaced: ReadText, saved: ReadText): void {
    this.replaced = replaced;
    this.opened = saved;
    this.#version = saved.version;
    this.isRestored = false;
    this.isGone = false;
    if (this.#kept === saved.text) this.#kept = null;
    this.#soon();
  }

  /** Restores the text that the last save replaced. */
  async undo(): Promise<void> {
    if (this.replaced === null) return;
    const { text, format } = this.replaced;
    this.#put(text, format);
    await this.save();
    if (!this.isEdited) this.replaced = null;
  }

  /** Saves this text instead of the panel's, which the person has seen. */
  async settle(text: string): Promise<void> {
    const { theirs } = this;
    if (theirs?.kind === 'text') {
      this.opened = theirs;
      this.#version = theirs.version;
    }
    this.theirs = null;
    this.#put(text, this.format);
    await this.save({ anyway: theirs?.kind === 'refused' });
  }

  /** Shows the panel's text and forgets the own. */
  async takeTheirs(): Promise<void> {
    if (this.theirs !== null) this.opened = this.theirs;
    this.theirs = null;
    await this.discard();
  }

  /** Forgets the unsaved text. */
  async discard(): Promise<void> {
    if (this.opened?.kind === 'text') this.#show(this.opened);
    this.isRestored = false;
    await this.keep();
  }

  /** Leaves the file. Unsaved text stays on this computer. */
  async close(): Promise<boolean> {
    if (this.path === null) return true;
    // A person may type while the text is kept.
    do {
      if (!(await this.keep())) return false;
    } while (this.isUnkept);
    this.path = null;
    this.opened = null;
    this.theirs = null;
    this.replaced = null;
    this.isRestored = false;
    this.#kept = null;
    for (const task of [this.reading, this.saving, this.keeping]) task.forget();
    this.#show({ text: '', format: plain, version: '' });
    return true;
  }

  /**
   * Keeps unsaved text on this computer now, or forgets the draft of a text without changes. Resolves with whether it
   * worked.
   */
  async keep(): Promise<boolean> {
    if (this.#keepSoon !== null) clearTimeout(this.#keepSoon);
    this.#keepSoon = null;
    const { path, serverId, text, format } = this;
    if (path === null || (!this.isUnkept && (this.isEdited || this.#kept === null))) return true;
    const isEdited = this.isEdited;
    const version = this.#version;
    const done = await this.keeping.run(() =>
      isEdited
        ? this.client.call('texts.keepDraft', { serverId, path, draft: { text, format, version } })
        : this.client.call('texts.dropDraft', { serverId, path }),
    );
    if (done !== null && this.path === path) this.#kept = isEdited ? text : null;
    return done !== null || !isEdited;
  }

  #soon(): void {
    this.#keepSoon ??= setTimeout(() => void this.keep(), keepAfterMs);
  }

  #show({ text, format, version }: Pick<ReadText, 'text' | 'format' | 'version'>): void {
    this.#version = version;
    this.#put(text, format);
  }

  #put(text: string, format: TextFormat): void {
    this.text = text;
    this.format = format;
    this.round += 1;
  }
}
