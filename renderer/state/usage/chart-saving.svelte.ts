/** Saves the charts to a file and reports the result. */
import type { CallInput } from '../../../bridge/schema/contract.js';
import { toProblem, type Problem } from '../../../bridge/errors.js';
import { sentence, type Sentence } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';

export class ChartSaving {
  isSaving = $state(false);
  saved = $state.raw<Sentence | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #client: Pick<PerchClient, 'call'>;
  readonly #serverId: string;

  constructor(client: Pick<PerchClient, 'call'>, serverId: string) {
    this.#client = client;
    this.#serverId = serverId;
  }

  async save(kind: CallInput<'chart.save'>['kind'], content: string): Promise<void> {
    if (this.isSaving) return;
    this.isSaving = true;
    this.dismiss();
    try {
      const { path } = await this.#client.call('chart.save', { serverId: this.#serverId, kind, content });
      if (path !== null) this.saved = sentence('charts.saved', { path });
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.isSaving = false;
    }
  }

  dismiss(): void {
    this.saved = null;
    this.problem = null;
  }
}
