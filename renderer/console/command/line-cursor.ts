/** Places text and the cursor in the command line. */
import { tick } from 'svelte';
import type { CommandEntry } from './command-entry.svelte.js';

export class LineCursor {
  constructor(
    private readonly entry: Pick<CommandEntry, 'value' | 'type'>,
    private readonly input: () => HTMLInputElement | undefined,
  ) {}

  /** Replaces the whole line. */
  put(command: string, at = command.length): void {
    this.entry.type(command);
    void this.toEnd(at);
  }

  /** Replaces the selection. */
  insert(text: string): void {
    const { value } = this.entry;
    const from = this.input()?.selectionStart ?? value.length;
    const to = this.input()?.selectionEnd ?? value.length;
    this.put(value.slice(0, from) + text + value.slice(to), from + text.length);
  }

  /** Moves the cursor before the next key arrives. A frame later the move would undo a selection by the user. */
  async toEnd(at = this.entry.value.length): Promise<void> {
    await tick();
    this.input()?.setSelectionRange(at, at);
  }
}
