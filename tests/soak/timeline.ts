/** Values of one variable over time, each with its first moment. */
export class Timeline<T> {
  readonly #spans: { readonly at: number; readonly value: T }[];

  constructor(at: number, value: T) {
    this.#spans = [{ at, value }];
  }

  get now(): T {
    return this.#last.value;
  }

  get since(): number {
    return this.#last.at;
  }

  set(at: number, value: T): void {
    if (value !== this.now) this.#spans.push({ at, value });
  }

  at(time: number): T {
    return (this.#spans.findLast((span) => span.at <= time) ?? this.#first).value;
  }

  /** First time in the closed range `from` to `to` at which the value held; null = never. */
  firstWithin(value: T, from: number, to: number): number | null {
    for (const [index, span] of this.#spans.entries()) {
      const end = this.#spans[index + 1]?.at ?? Infinity;
      if (span.value !== value || span.at > to || (end <= from && span.at < from)) continue;
      return Math.max(from, span.at);
    }
    return null;
  }

  /** Keeps only the current value. */
  forgetPast(): void {
    this.#spans.splice(0, this.#spans.length - 1);
  }

  /** All past values, oldest first. */
  get spans(): readonly { readonly at: number; readonly value: T }[] {
    return this.#spans;
  }

  get #first(): { at: number; value: T } {
    return this.#spans[0] ?? this.#last;
  }

  get #last(): { at: number; value: T } {
    const last = this.#spans.at(-1);
    if (last === undefined) throw new Error('A timeline is never empty.');
    return last;
  }
}
