/**
 * The key in the clipboard, for one form; the key itself no window gets. Main tells whether there is one, and has it from
 * the press of the offer on. Nothing polls: it is asked when a form for a key is shown, and whenever its window comes to
 * the front.
 */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { HeldKey } from '../../../bridge/panel/held-key.js';
import type { PerchClient } from '../../api.js';

export class CopiedKey {
  holds = $state<HeldKey>('none');
  /** Main has it for this form; that it has forgotten it since is told by the answer when it is to be used. */
  isTaken = $state(false);
  readonly #client: PerchClient;
  readonly #accountId: () => string | null;
  #turn = 0;
  /** What main may have one for. */
  #takenFor: { readonly accountId: string | null } | null = null;

  /** `accountId` is whose other key it is to be; null = of a panel that is not connected yet. */
  constructor(client: PerchClient, accountId: () => string | null) {
    this.#client = client;
    this.#accountId = accountId;
  }

  /** Until the returned function is called. */
  follow(): () => void {
    const look = (): void => void this.look();
    look();
    window.addEventListener('focus', look);
    return () => {
      this.#turn += 1;
      window.removeEventListener('focus', look);
    };
  }

  async look(): Promise<void> {
    const turn = ++this.#turn;
    const holds = await this.#client.call('clipboard.look').then(
      (told) => told.holds,
      () => 'none' as const,
    );
    if (turn === this.#turn) this.holds = holds;
  }

  /** Answers what is wrong, its words for the field included; null also where it was given back meanwhile. */
  async take(): Promise<Problem | null> {
    const takenFor = { accountId: this.#accountId() };
    this.#takenFor = takenFor;
    try {
      await this.#client.call('clipboard.take', takenFor);
      if (this.#takenFor === takenFor) this.isTaken = true;
      return null;
    } catch (error) {
      if (this.#takenFor !== takenFor) return null;
      this.#takenFor = null;
      void this.look();
      return toProblem(error);
    }
  }

  /** Also when it was used, or another one is typed: main has none for this form from then on. */
  giveBack(): void {
    this.isTaken = false;
    if (this.#takenFor === null) return;
    this.#client.call('clipboard.giveBack', this.#takenFor).catch(() => undefined);
    this.#takenFor = null;
  }
}
