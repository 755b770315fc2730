/**
 * The API key in the clipboard, for one form. The window never gets the key: main reports whether the clipboard has a
 * key, and holds the key once the user takes it. Asks main when the form appears and whenever the window gets the
 * focus, without polling.
 */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { HeldKey } from '../../../bridge/panel/held-key.js';
import type { PerchClient } from '../../api.js';

export class CopiedKey {
  holds = $state<HeldKey>('none');
  /** True if main holds a key for this form. If main has dropped it since, the call that uses it fails. */
  isTaken = $state(false);
  #turn = 0;
  /** Account of the taken key, with `accountId` null for a new panel; null if no key is taken. */
  #takenFor: { readonly accountId: string | null } | null = null;

  /** `accountId` returns the account that the key is for; null = a panel that is not connected yet. */
  constructor(
    private readonly client: PerchClient,
    private readonly accountId: () => string | null,
  ) {}

  /** Watches the clipboard until the returned function is called. */
  follow(): () => void {
    const peek = (): void => void this.peek();
    peek();
    window.addEventListener('focus', peek);
    return () => {
      this.#turn += 1;
      window.removeEventListener('focus', peek);
    };
  }

  async peek(): Promise<void> {
    const turn = ++this.#turn;
    const holds = await this.client.call('clipboard.peek').then(
      (told) => told.holds,
      () => 'none' as const,
    );
    if (turn === this.#turn) this.holds = holds;
  }

  /**
   * Takes the key.
   * Returns the problem, including its text for the field; null on success, and if the key was given back
   * meanwhile.
   */
  async take(): Promise<Problem | null> {
    const takenFor = { accountId: this.accountId() };
    this.#takenFor = takenFor;
    try {
      await this.client.call('clipboard.take', takenFor);
      if (this.#takenFor === takenFor) this.isTaken = true;
      return null;
    } catch (error) {
      if (this.#takenFor !== takenFor) return null;
      this.#takenFor = null;
      void this.peek();
      return toProblem(error);
    }
  }

  /** Makes main drop the key: the user gave it up or typed another, or it was used. */
  giveBack(): void {
    this.isTaken = false;
    if (this.#takenFor === null) return;
    this.client.send('clipboard.giveBack', this.#takenFor);
    this.#takenFor = null;
  }
}
