import type { UsageMemory } from '../../main/base/past.js';
import { Emitter } from '../../main/base/emitter.js';
import { RecentUsage } from '../../main/history/recent-usage.js';

/** The last hour as the application keeps it, without a disk. */
export class RememberedUsage extends RecentUsage implements UsageMemory {
  readonly recalled = new Emitter<undefined>();

  onRecalled(listener: () => void): () => void {
    return this.recalled.listen(listener);
  }
}
