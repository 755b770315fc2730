/** Writes what is shown of the log to a file, and says where that is. */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { HistoryEvent } from '../../../bridge/events.js';
import type { WindowState } from '../../state/context.js';
import { exported, type ExportFormat } from './event-export.js';

export class EventSaving {
  isSaving = $state(false);
  /** Of the last one; null where there was none, or it was dismissed. */
  path = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #client: WindowState['client'];

  constructor(client: WindowState['client']) {
    this.#client = client;
  }

  async save(events: readonly HistoryEvent[], format: ExportFormat): Promise<void> {
    if (this.isSaving) return;
    this.dismiss();
    this.isSaving = true;
    try {
      const { path } = await this.#client.call('events.save', { format, text: exported(events, format) });
      this.path = path;
    } catch (error) {
      this.problem = toProblem(error);
    } finally {
      this.isSaving = false;
    }
  }

  dismiss(): void {
    this.path = null;
    this.problem = null;
  }
}
