/** The current bulk action, or the last action until the user dismisses it. */
import type { BulkAction, BulkItem } from '../../../bridge/schema/bulk.js';
import type { PerchClient } from '../../api.js';
import { LatestFeed } from '../feeds/latest-feed.svelte.js';
import { Task } from '../task.svelte.js';

export type BulkCounts = Record<BulkItem['outcome'], number>;

export class BulkFeed extends LatestFeed<'bulk'> {
  /** The last request of this window. */
  readonly request = new Task();

  readonly isUnderWay: boolean = $derived(this.latest !== null && this.latest.finishedAt === null);
  readonly counts: BulkCounts = $derived(countOutcomes(this.latest?.items ?? []));
  /** Number of servers that are finished, with any outcome. */
  readonly settled: number = $derived(
    (this.latest?.items.length ?? 0) - this.counts.waiting - this.counts.sent,
  );

  constructor(client: PerchClient) {
    super(client, 'bulk', null);
  }

  /**
   * Starts a bulk action. `waitsForEach`: each server must run before the next one follows. `quietly`: backups while
   * the games do not write.
   */
  async begin(
    serverIds: readonly string[],
    action: BulkAction,
    { waitsForEach = false, quietly = false }: { waitsForEach?: boolean; quietly?: boolean } = {},
  ): Promise<void> {
    const wanted = { serverIds: [...serverIds], action, waitsForEach, ...(quietly ? { quietly } : {}) };
    await this.request.run(() => this.client.call('bulk.start', wanted));
  }

  async cancel(): Promise<void> {
    await this.request.run(() => this.client.call('bulk.cancel'));
  }

  async dismiss(): Promise<void> {
    await this.request.run(() => this.client.call('bulk.dismiss'));
  }
}

function countOutcomes(items: readonly BulkItem[]): BulkCounts {
  const counts: BulkCounts = {
    waiting: 0,
    sent: 0,
    done: 0,
    failed: 0,
    unknown: 0,
    skipped: 0,
    cancelled: 0,
  };
  for (const { outcome } of items) counts[outcome] += 1;
  return counts;
}
