/** Tests the connection to every panel with the current proxy setting. */
import { SvelteMap } from 'svelte/reactivity';
import type { CallOutput } from '../../../bridge/schema/contract.js';
import { toProblem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';

type Result = CallOutput<'accounts.tryRoute'>;

export class RouteTrial {
  /** Account id -> result. */
  readonly results = new SvelteMap<string, Result>();
  isRunning = $state(false);
  #round = 0;

  constructor(
    private readonly client: PerchClient,
    private readonly accountIds: () => readonly string[],
  ) {}

  /** Tests all panels. Results of an earlier run are ignored. Never rejects. */
  async run(): Promise<void> {
    const round = ++this.#round;
    this.isRunning = true;
    this.results.clear();
    await Promise.all(
      this.accountIds().map(async (accountId) => {
        const result = await this.client
          .call('accounts.tryRoute', { accountId })
          .catch((error: unknown): Result => ({ ways: [], problem: toProblem(error) }));
        if (round === this.#round) this.results.set(accountId, result);
      }),
    );
    if (round === this.#round) this.isRunning = false;
  }
}
