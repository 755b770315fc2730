/**
 * The form of the file in the editor.
 *
 * The editor's text is the state: the form is read from the text after each change, and writes into the text. Values that
 * can't be written, such as half a number, are kept here until they can.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Sentence } from '../../../../../messages/messages.js';
import type { CodeEditor } from '../code/code-editor.js';
import { formOf, type FormField, type SettingsFileName } from '../config-forms/config-form.js';
import { FieldEdits } from '../config-forms/field-edits.js';

/** Longer texts have no form, because the form is read in the window's thread. */
export const mostCharacters = 1024 * 1024;

/** Longer texts are read a moment after the last key. */
const quickCharacters = 64 * 1024;
const readAfterMs = 250;

interface Typed {
  readonly value: string;
  readonly why: Sentence;
  /** The value of the text meanwhile; once the text has another value, the text counts. */
  readonly over: string | null;
}

export class ConfigFormControl {
  #text = $state.raw('');
  /** Values that the text does not have, by the key of their setting. */
  readonly #typed = new SvelteMap<string, Typed>();
  #readSoon: ReturnType<typeof setTimeout> | undefined;
  readonly #edits = new FieldEdits();
  readonly isTooLong = $derived.by(() => this.#text.length > mostCharacters);
  /** null = the text can't be read as a form. */
  readonly form = $derived.by(() => (this.isTooLong ? null : readForm(this.name, this.#text)));

  constructor(
    private readonly editor: CodeEditor,
    private readonly name: SettingsFileName,
  ) {}

  /** The text has changed. */
  read(): void {
    clearTimeout(this.#readSoon);
    const { content } = this.editor;
    if (content.length < quickCharacters) this.#text = content;
    else this.#readSoon = setTimeout(() => (this.#text = this.editor.content), readAfterMs);
  }

  stop(): void {
    clearTimeout(this.#readSoon);
    this.editor.mark(null);
  }

  /** The value to show, as typed. */
  value(field: FormField): string {
    return this.#typedIn(field)?.value ?? field.value ?? '';
  }

  /** Why the typed value is not in the text; null if it is. */
  refusal(field: FormField): Sentence | null {
    return this.#typedIn(field)?.why ?? null;
  }

  #typedIn({ setting, value }: FormField): Typed | null {
    const typed = this.#typed.get(setting.key);
    return typed?.over === value ? typed : null;
  }

  set({ setting: { key, kind } }: FormField, value: string): void {
    // The text may have changed since the field was read.
    this.#text = this.editor.content;
    const { form } = this;
    const field = form?.groups.flatMap(({ fields }) => fields).find(({ setting }) => setting.key === key);
    if (form === null || field === undefined || field.blocked !== null) return;
    const change = this.#edits.change(this.#text, form, field, value);
    this.#typed.delete(key);
    if ('insert' in change) this.editor.change(change, { isTyping: kind === 'text' || kind === 'number' });
    else this.#typed.set(key, { value, why: change, over: field.value });
    this.#text = this.editor.content;
  }

  /** Takes back the last change of the text, and typed values that did not get there. */
  undo(): void {
    if (this.#typed.size > 0) this.#typed.clear();
    else this.editor.undo();
  }

  redo(): void {
    this.editor.redo();
  }
}

function readForm(name: SettingsFileName, text: string): ReturnType<typeof formOf> {
  try {
    return formOf(name, text);
  } catch (error) {
    // A parser that gives up, such as on thousands of nested brackets.
    if (error instanceof RangeError) return null;
    throw error;
  }
}
