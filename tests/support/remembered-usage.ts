import type { UsageMemory } from '../../main/base/past.js';
import { Emitter } from '../../main/base/emitter.js';
import { RecentUsage } from '../../main/history/recent-usage.js';

/** Last hour of usage in memory instead of on disk. */
export class RememberedUsage extends RecentUsage implements UsageMemory {
  readonly recalled = new Emitter<undefined>();

  onRecalled(listener: () => void): () => void {
    return this.recalled.listen(listener);
  }
}
