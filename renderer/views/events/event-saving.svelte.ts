/** Writes what is shown of the log to a file, and says where that is. */
import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
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

  /** `read` = what is to be in it; some of it may not have been shown yet. */
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
