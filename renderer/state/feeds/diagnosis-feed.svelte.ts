/** The diagnostics: main runs them and sends each step as it ends. */
import type { Diagnosis } from '../../../bridge/schema/diagnosis.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { LatestFeed } from './latest-feed.svelte.js';

export class DiagnosisFeed extends LatestFeed<'diagnosis'> {
  problem = $state.raw<Problem | null>(null);
  /** Text to pass on, without keys, addresses and names; null until a run has ended. */
  report = $state.raw<string | null>(null);
  savedAs = $state.raw<string | null>(null);

  constructor(client: PerchClient) {
    super(client, 'diagnosis', null);
  }

  get isRunning(): boolean {
    return this.latest?.isRunning ?? false;
  }

  run(): void {
    this.report = null;
    this.savedAs = null;
    this.#try(async () => this.client.call('diagnosis.run'));
  }

  save(): void {
    this.#try(async () => {
      this.savedAs = (await this.client.call('diagnosis.save')).path;
    });
  }

  protected override onSnapshot(diagnosis: Diagnosis | null): void {
    super.onSnapshot(diagnosis);
    if (diagnosis === null || diagnosis.isRunning) return;
    this.#try(async () => {
      this.report = (await this.client.call('diagnosis.report')).text;
    });
  }

  #try(work: () => Promise<unknown>): void {
    this.problem = null;
    work().catch((error: unknown) => (this.problem = toProblem(error)));
  }
}
