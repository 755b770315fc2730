import type { PerchError } from '../../bridge/errors.js';
import { isPanelFailure, type Eggs } from './egg-include.js';
import type { ServerPage } from './wire/list.js';

/** Each divides the one before, so that smaller pages begin where a larger one did. */
const smaller: Readonly<Record<number, number>> = { 100: 50, 50: 25, 25: 5, 5: 1 };
/** One server that fails takes 16; where more fail than this is enough for, they are counted without being found. */
const maxCalls = 48;
/** Past the end of every list: an empty page tells how many servers there are, and that the panel itself works. */
const farPage = 1_000_000;

export type AskPage = (size: number, number: number, eggs: Eggs) => Promise<ServerPage>;

/**
 * Reads pages that a panel fails to give because it fails at one of their servers (PROTOCOL 8.2.3): by smaller and
 * smaller pages down to that server alone, which stays out if it is not its egg that the panel fails at. One for each
 * reading of the list.
 */
export class PageCutter {
  readonly #ask: AskPage;
  #calls = 0;
  #unread = 0;
  readonly #places: number[] = [];

  constructor(ask: AskPage) {
    this.#ask = ask;
  }

  /** How many servers stayed out. */
  get unread(): number {
    return this.#unread;
  }

  /** Where in the list they are; null where not all of them were found. */
  get places(): readonly number[] | null {
    return this.#places.length === this.#unread ? this.#places : null;
  }

  /** What can be read of this page. Rejects with its failure where the panel fails at an empty page too. */
  async cut(number: number, size: number, failure: PerchError): Promise<ServerPage> {
    const total = await this.#total(failure);
    const count = Math.min(size, total - (number - 1) * size);
    // No server of this page can be at fault where it has none.
    if (count <= 0) throw failure;
    const page: ServerPage = {
      servers: [],
      malformed: [],
      count,
      total,
      totalPages: Math.ceil(total / size),
    };
    await this.#cutInto(page, (number - 1) * size, size);
    return page;
  }

  async #total(failure: PerchError): Promise<number> {
    try {
      const { total } = await this.#ask(1, farPage, 'without');
      if (total !== null) return total;
    } catch (error) {
      if (!isPanelFailure(error)) throw error;
    }
    throw failure;
  }

  /** Reads from place `start` on in smaller pages; one of them fails. */
  async #cutInto(page: ServerPage, start: number, size: number): Promise<void> {
    const step = smaller[size] ?? 1;
    const end = Math.min(start + size, page.total ?? 0);
    let isFailureFound = false;
    for (let at = start; at < end; at += step) {
      // Where all others came, it must be in the last: only a single server is asked all the same.
      const mustFail = !isFailureFound && at + step >= end && step > 1;
      if (!mustFail && (await this.#readInto(page, at, step))) continue;
      isFailureFound = true;
      if (step > 1) await this.#cutInto(page, at, step);
    }
  }

  /** Whether there is nothing left to read of these. */
  async #readInto(page: ServerPage, at: number, size: number): Promise<boolean> {
    if (this.#calls >= maxCalls) {
      this.#unread += Math.min(size, (page.total ?? 0) - at);
      return true;
    }
    this.#calls++;
    try {
      const { servers, malformed } = await this.#ask(size, at / size + 1, size === 1 ? 'or-without' : 'with');
      page.servers.push(...servers);
      page.malformed.push(...malformed);
      return true;
    } catch (error) {
      if (!isPanelFailure(error)) throw error;
      if (size === 1) {
        // The one without its egg.
        this.#calls++;
        this.#unread++;
        this.#places.push(at);
      }
      return false;
    }
  }
}
