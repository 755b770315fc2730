import type { UsageSample } from '../../bridge/schema/history.js';
import type { Noted } from './journal.js';
import type { Mark } from './marks.js';
import { RecentUsage } from './recent-usage.js';
import type { Row } from './sample-rows.js';

/** Entries are made every few seconds; a longer pause means unobserved time. */
export const missedMs = 20_000;

/** Journal data of earlier runs by server number, with wall-clock times. */
export class Restored {
  readonly #usage = new RecentUsage({ now: () => 0 });
  readonly #marks = new Map<number, Mark[]>();
  #lastAt: number | null = null;

  usage(number: number, from: number, to: number): readonly UsageSample[] {
    return this.#usage.between(String(number), from, to);
  }

  rows(number: number, from: number, to: number): readonly Row[] {
    return this.#usage.rowsBetween(String(number), from, to);
  }

  /** The last mark is the last observed state. */
  marks(number: number): readonly Mark[] {
    return this.#marks.get(number) ?? [];
  }

  /** Takes the entries in the order in which they were written. */
  add({ at, isFirst, states, usage }: Noted<number>): void {
    const last = this.#lastAt;
    if (last !== null && (isFirst || at < last || at - last > missedMs)) this.#missed(last, at, !isFirst);
    this.#lastAt = at;
    for (const { server, ...mark } of states) this.#markOf(server).push(mark);
    for (const { server, row } of usage) this.#usage.addRow(String(server), row);
  }

  /** Marks the time after the last entry as unknown. */
  end(): void {
    if (this.#lastAt !== null) this.#missed(this.#lastAt, this.#lastAt, false);
  }

  #missed(from: number, to: number, goesOn: boolean): void {
    for (const marks of this.#marks.values()) {
      const state = marks.at(-1)?.state ?? 'unknown';
      marks.push({ at: from, state: 'unknown' });
      if (goesOn) marks.push({ at: to, state });
    }
  }

  #markOf(number: number): Mark[] {
    const marks = this.#marks.get(number) ?? [];
    this.#marks.set(number, marks);
    return marks;
  }
}
