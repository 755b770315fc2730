/** Where the form of the file in the editor is shown: beside the text, instead of it, or not at all. */
import { tick } from 'svelte';
import type { ServerLayout } from '../../../../state/server-layout.svelte.js';
import type { CodeEditor } from '../code/code-editor.js';
import type { ConfigFileName } from '../config-forms/config-file.js';

/** Room for the form and 60 columns of text, in CSS pixels. */
const wide = 860;

interface FormViewDeps {
  readonly layout: ServerLayout;
  /** The form that the file has; null = none. */
  readonly file: () => ConfigFileName | null;
  readonly editor: () => CodeEditor | null;
}

export class FormView {
  /** Width of text and form together. */
  width = $state(0);
  /** Element that holds the form. */
  side: HTMLElement | undefined = $state();
  readonly file = $derived.by(() => this.deps.file());
  readonly isWide = $derived.by(() => this.width >= wide);
  readonly isShown = $derived.by(() => this.file !== null && this.#isWanted);

  constructor(private readonly deps: FormViewDeps) {}

  /** Whether the form stands instead of the text. */
  get isInstead(): boolean {
    return this.isShown && !this.isWide;
  }

  get #isWanted(): boolean {
    const { layout } = this.deps;
    return this.isWide ? layout.formBeside : layout.formInstead;
  }

  async toggle(): Promise<void> {
    const { layout, editor } = this.deps;
    if (this.isWide) layout.formBeside = !layout.formBeside;
    else layout.formInstead = !layout.formInstead;
    await tick();
    if (!this.isWide && !this.isShown) editor()?.focus();
  }

  /** Shows a place of the text, in a small window instead of the form. */
  async showInText(from: number): Promise<void> {
    this.deps.layout.formInstead = false;
    await tick();
    this.deps.editor()?.goTo({ from });
  }

  /** From the text to the first field of the form, and back. */
  stepThrough(): void {
    const { side } = this;
    if (side === undefined || side.contains(document.activeElement)) this.deps.editor()?.focus();
    else side.querySelector<HTMLElement>('input:enabled, button:enabled')?.focus();
  }
}
