import type { HeldKey } from '../../bridge/panel/held-key.js';
import { Alarm } from '../base/alarm.js';
import { heldKeyOf } from '../base/key.js';
import type { Clock, CopiedText } from '../base/ports.js';

/**
 * Time for which a taken key is kept, in ms: long enough to compare a certificate. Password managers empty the
 * clipboard after ten seconds.
 */
const keptMs = 10 * 60_000;

/** The page that took a key, and the account of the key; null = a panel without an account yet. */
export interface Taker {
  readonly webContentsId: number;
  readonly accountId: string | null;
}

interface Taken extends Taker {
  /** null = the clipboard is still being read. */
  key: string | null;
  readonly end: Alarm;
}

export interface CopiedKeysDeps {
  readonly clock: Clock;
  readonly copied: Pick<CopiedText, 'read'>;
}

/**
 * Keys that pages took from the clipboard, when the user pressed the offer.
 *
 * Each key is for one page and one account, so it never goes to another panel. Keys stay in memory, and only the
 * action that uses a key gets it.
 */
export class CopiedKeys {
  readonly #taken = new Set<Taken>();

  constructor(private readonly deps: CopiedKeysDeps) {}

  async peek(): Promise<HeldKey> {
    return heldKeyOf(await this.deps.copied.read());
  }

  /**
   * Takes the key from the clipboard, in place of an earlier key. Returns false if the clipboard holds no client key.
   */
  async take(taker: Taker): Promise<boolean> {
    this.giveBack(taker);
    const { webContentsId, accountId } = taker;
    const taken: Taken = { webContentsId, accountId, key: null, end: new Alarm(this.deps.clock) };
    // Add the entry before reading: if the page leaves or gives the key back meanwhile, the key must not be kept.
    this.#taken.add(taken);
    const text = await this.deps.copied.read();
    if (heldKeyOf(text) !== 'client') {
      this.#taken.delete(taken);
      return false;
    }
    if (this.#taken.has(taken)) {
      taken.key = text.trim();
      taken.end.set(keptMs, () => this.#taken.delete(taken));
    }
    return true;
  }

  /** The taken key; null = none, or not read so far. */
  of(taker: Taker): string | null {
    return this.#find(taker)?.key ?? null;
  }

  /** Forgets the key after its use. */
  used(taker: Taker, key: string): void {
    if (this.of(taker) === key) this.giveBack(taker);
  }

  giveBack(taker: Taker): void {
    this.#forget(this.#find(taker));
  }

  /** Forgets the keys of a page that was closed or replaced. */
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
