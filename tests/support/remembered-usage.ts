import type { UsageSample } from '../../bridge/schema/history.js';
import type { UsageMemory } from '../../main/base/past.js';
import { Emitter } from '../../main/base/emitter.js';
import { RecentUsage } from '../../main/history/recent-usage.js';
import { rowOf } from '../../main/history/sample-rows.js';

/** Last hour of usage in memory instead of on disk. */
export class RememberedUsage extends RecentUsage implements UsageMemory {
  readonly recalled = new Emitter<undefined>();

  add(serverId: string, sample: UsageSample): void {
    this.addRow(serverId, rowOf(sample, 1));
  }

  onRecalled(listener: () => void): () => void {
    return this.recalled.listen(listener);
  }
}
