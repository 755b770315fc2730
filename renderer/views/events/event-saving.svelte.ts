/** Saves the filtered events to a file. */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { WindowState } from '../../state/context.js';
import { exported, type ExportFormat } from './event-export.js';

export class EventSaving {
  isSaving = $state(false);
  /** Path of the last saved file; null before saving and after dismissal. */
  path = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly #client: WindowState['client'];

  constructor(client: WindowState['client']) {
    this.#client = client;
  }

  /** `read` returns the events to save, including those not loaded yet. */
  async save(read: () => Promise<readonly HistoryEvent[]>, format: ExportFormat): Promise<void> {
    if (this.isSaving) return;
    this.dismiss();
    this.isSaving = true;
    try {
      const text = exported(await read(), format);
      const { path } = await this.#client.call('events.save', { format, text });
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
