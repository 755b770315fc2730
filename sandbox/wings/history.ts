/** Last lines of the process since its start, as `send logs` replays them (PROTOCOL 4.12). */
export class History {
  #lines: (string | null)[] = [];

  constructor(private readonly size: number) {}

  clear(): void {
    this.#lines = [];
  }

  /** null = a line that is too long to be read back. */
  add(line: string | null): void {
    this.#lines.push(line);
    if (this.#lines.length > this.size) this.#lines.shift();
  }

  /** Ends silently before the first line that is too long, even if more follow. */
  replay(): string[] {
    const end = this.#lines.indexOf(null);
    return (end === -1 ? this.#lines : this.#lines.slice(0, end)).filter((line) => line !== null);
  }
}
