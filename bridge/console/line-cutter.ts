/** Cuts what arrives in pieces into lines, and bounds how long one may be. */
export class LineCutter {
  readonly #most: number;
  #rest = '';

  constructor(most: number) {
    this.#most = most;
  }

  /** The lines that are whole by now; null where one is too long, after which nothing can be relied on. */
  push(piece: string): string[] | null {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > this.#most || lines.some((line) => line.length > this.#most)) return null;
    return lines.filter((line) => line.trim() !== '');
  }
}
