/**
 * The user's unsaved edit of one text of a server.
 * The edit survives leaving the view and updates from the panel. Surrounding spaces do not count, because panels
 * trim them (PROTOCOL 2.0).
 */
export class Draft {
  #typed = $state<string | null>(null);
  /** Text that the panel accepted, until the feed has it too. */
  #told = $state.raw<{ text: string; before: string } | null>(null);
  #outlived = false;

  /** `known` returns the text from the fleet's feed. */
  constructor(private readonly known: () => string) {}

  /** The text that the panel has stored. */
  get saved(): string {
    const known = this.known();
    if (this.#told === null || this.#outlived) return known;
    if (known === this.#told.before) return this.#told.text;
    this.#outlived = true;
    return known;
  }

  get text(): string {
    return this.#typed ?? this.saved;
  }

  set text(text: string) {
    this.#typed = text;
  }

  get isEdited(): boolean {
    return this.#typed !== null && this.#typed.trim() !== this.saved.trim();
  }

  discard(): void {
    this.#typed = null;
  }

  /** Call when the panel has accepted `text`; input typed since then stays. */
  taken(text: string): void {
    this.#outlived = false;
    this.#told = { text, before: this.known() };
    if (this.#typed?.trim() === text.trim()) this.#typed = null;
  }
}
