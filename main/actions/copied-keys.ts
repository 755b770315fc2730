import type { HeldKey } from '../../bridge/panel/held-key.js';
import { Alarm } from '../base/alarm.js';
import { keyOf } from '../base/key.js';
import type { Clock, CopiedText } from '../base/ports.js';

/** Long enough to compare a certificate; password managers empty the clipboard after ten seconds. */
const keptMs = 10 * 60_000;

/** The page that took a key, and the account that it is for; null = a panel that is not connected yet. */
export interface Taker {
  readonly webContentsId: number;
  readonly accountId: string | null;
}

interface Taken extends Taker {
  /** Null while the clipboard is being read. */
  key: string | null;
  readonly end: Alarm;
}

export interface CopiedKeysDeps {
  readonly clock: Clock;
  readonly copied: CopiedText;
}

/**
 * Keys that were taken from the clipboard at the press of an offer. Each is for one page and one purpose: a key for one
 * panel never goes to another. In memory alone, and told to nobody but the action that uses it.
 */
export class CopiedKeys {
  readonly #deps: CopiedKeysDeps;
  readonly #taken = new Set<Taken>();

  constructor(deps: CopiedKeysDeps) {
    this.#deps = deps;
  }

  async look(): Promise<HeldKey> {
    return keyOf(await this.#deps.copied.read());
  }

  /** Keeps the key that is copied now, in place of an earlier one; false where none of a person is. */
  async take(taker: Taker): Promise<boolean> {
    this.giveBack(taker);
    const { webContentsId, accountId } = taker;
    const taken: Taken = { webContentsId, accountId, key: null, end: new Alarm(this.#deps.clock) };
    // Before it is read: what leaves or is given back meanwhile must not be kept after all.
    this.#taken.add(taken);
    const text = await this.#deps.copied.read();
    if (keyOf(text) !== 'client') {
      this.#taken.delete(taken);
      return false;
    }
    if (this.#taken.has(taken)) {
      taken.key = text.trim();
      taken.end.set(keptMs, () => this.#taken.delete(taken));
    }
    return true;
  }

  /** What was taken for this, while it is kept. */
  of(taker: Taker): string | null {
    return this.#find(taker)?.key ?? null;
  }

  /** That very key did what it was taken for. */
  used(taker: Taker, key: string): void {
    if (this.of(taker) === key) this.giveBack(taker);
  }

  giveBack(taker: Taker): void {
    this.#forget(this.#find(taker));
  }

  /** The page is gone, or another one. */
  pageLeft(webContentsId: number): void {
    for (const taken of this.#taken) if (taken.webContentsId === webContentsId) this.#forget(taken);
  }

  #find({ webContentsId, accountId }: Taker): Taken | undefined {
    return [...this.#taken].find(
      (taken) => taken.webContentsId === webContentsId && taken.accountId === accountId,
    );
  }

  #forget(taken: Taken | undefined): void {
    if (taken === undefined) return;
    taken.end.clear();
    this.#taken.delete(taken);
  }
}
