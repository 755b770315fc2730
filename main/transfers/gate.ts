/** A gate that a person closes and opens while work continues behind it. */
export class Gate {
  #opened: Promise<void> | null = null;
  #open: () => void = () => undefined;

  get isClosed(): boolean {
    return this.#opened !== null;
  }

  close(): void {
    if (this.#opened !== null) return;
    this.#opened = new Promise((resolve) => (this.#open = resolve));
  }

  open(): void {
    this.#open();
    this.#opened = null;
  }

  /** null = open. */
  pass(): Promise<void> | null {
    return this.#opened;
  }
}
