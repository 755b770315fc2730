import type { PerchError } from '../../bridge/errors.js';
import { isPanelFailure, type Eggs } from './egg-include.js';
import type { ServerPage } from './wire/list.js';

/** Next smaller page size. Each size divides the previous size, so smaller pages begin at the same index. */
const smaller: Readonly<Record<number, number>> = { 100: 50, 50: 25, 25: 5, 5: 1 };
/**
 * Most calls per reading. Finding one failing server takes 16 calls; servers beyond this limit are counted without
 * being found.
 */
const maxCalls = 48;
/** A page past the end of every list: the empty page shows the number of servers, and that the panel works. */
const farPage = 1_000_000;

export type AskPage = (size: number, number: number, eggs: Eggs) => Promise<ServerPage>;

/**
 * Reads pages that fail because the panel fails at one of their servers (PROTOCOL 8.2.3).
 * Splits a page into smaller pages, down to single servers. A server that still fails without its egg is left out. Each
 * reading of the list needs a new instance.
 */
export class PageCutter {
  #calls = 0;
  #unread = 0;
  readonly #places: number[] = [];

  constructor(private readonly ask: AskPage) {}

  /** Number of servers left out. */
  get unread(): number {
    return this.#unread;
  }

  /** Indexes of the servers left out; null if some were not found. */
  get places(): readonly number[] | null {
    return this.#places.length === this.#unread ? this.#places : null;
  }

  /** Reads as much as possible of a failing page. Rejects with `failure` if the panel fails at an empty page too. */
  async cut(number: number, size: number, failure: PerchError): Promise<ServerPage> {
    const total = await this.#total(failure);
    const count = Math.min(size, total - (number - 1) * size);
    // An empty page has no server that could cause the failure.
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
      const { total } = await this.ask(1, farPage, 'without');
      if (total !== null) return total;
    } catch (error) {
      if (!isPanelFailure(error)) throw error;
    }
    throw failure;
  }

  /** Reads from index `start` in smaller pages; at least one of them fails. */
  async #cutInto(page: ServerPage, start: number, size: number): Promise<void> {
    const step = smaller[size] ?? 1;
    const end = Math.min(start + size, page.total ?? 0);
    let isFailureFound = false;
    for (let at = start; at < end; at += step) {
      // If all other pages succeeded, the last page must fail, so it is split without asking. Single servers are still
      // asked.
      const mustFail = !isFailureFound && at + step >= end && step > 1;
      if (!mustFail && (await this.#readInto(page, at, step))) continue;
      isFailureFound = true;
      if (step > 1) await this.#cutInto(page, at, step);
    }
  }

  /** Returns true if no smaller page needs to be read. */
  async #readInto(page: ServerPage, at: number, size: number): Promise<boolean> {
    if (this.#calls >= maxCalls) {
      this.#unread += Math.min(size, (page.total ?? 0) - at);
      return true;
    }
    this.#calls++;
    try {
      const { servers, malformed } = await this.ask(size, at / size + 1, size === 1 ? 'or-without' : 'with');
      page.servers.push(...servers);
      page.malformed.push(...malformed);
      return true;
    } catch (error) {
      if (!isPanelFailure(error)) throw error;
      if (size === 1) {
        // `or-without` made a second call, without the egg.
        this.#calls++;
        this.#unread++;
        this.#places.push(at);
      }
      return false;
    }
  }
}
