/** The diagnostics: main runs them and sends each step as it ends. */
import type { Diagnosis } from '../../../bridge/schema/diagnosis.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';
import { LatestFeed } from './latest-feed.svelte.js';

export class DiagnosisFeed extends LatestFeed<'diagnosis'> {
  /** The last request: to run, to read the report, or to save it. */
  readonly request = new Task();
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
    void this.request.run(() => this.client.call('diagnosis.run'));
  }

  save(): void {
    void this.request.run(async () => {
      this.savedAs = (await this.client.call('diagnosis.save')).path;
    });
  }

  protected override onSnapshot(diagnosis: Diagnosis | null): void {
    super.onSnapshot(diagnosis);
    if (diagnosis === null || diagnosis.isRunning) return;
    void this.request.run(async () => {
      this.report = (await this.client.call('diagnosis.report')).text;
    });
  }
}
