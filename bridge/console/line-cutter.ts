/** Splits a stream that arrives in pieces into lines of bounded length. */
export class LineCutter {
  #rest = '';

  constructor(private readonly most: number) {}

  /**
   * Returns the lines completed by this piece.
   * Null = a line exceeds the limit; the stream is unusable from then on.
   */
  push(piece: string): string[] | null {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > this.most || lines.some((line) => line.length > this.most)) return null;
    return lines.filter((line) => line.trim() !== '');
  }
}
