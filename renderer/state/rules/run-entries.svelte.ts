/** Entries of the event log about one run of a rule or one of its steps. */
import { orderIdOf } from '../../../bridge/rules/order-id.js';
import { idTime } from '../../../bridge/events/id-time.js';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import type { RunRecord } from '../../../bridge/schema/rule-runs.js';
import type { PerchClient } from '../../api.js';
import type { EventsFeed } from '../events/events-feed.svelte.js';

const pageSize = 200;
/** The entry of a run is written a moment after its end, by a clock that may have been set. In ms. */
const afterMs = 60_000;

export class RunEntries {
  /** Entries that are older than those of the feed. */
  #older = $state.raw<readonly HistoryEvent[]>([]);

  constructor(
    private readonly client: Pick<PerchClient, 'call'>,
    private readonly feed: Pick<EventsFeed, 'all'>,
    private readonly record: Pick<RunRecord, 'id' | 'serverId' | 'at' | 'endedAt'>,
  ) {}

  /** The entry that says how the run ended. */
  readonly ofRun = $derived.by(() =>
    this.#all.find(({ what }) => what.kind === 'rule-run' && what.run === this.record.id),
  );

  /** The entry of a step that notified the person. */
  ofStep(place: string): HistoryEvent | undefined {
    const order = orderIdOf(this.record.id, place);
    return this.#all.find(({ what }) => what.kind === 'rule-told' && what.order === order);
  }

  /** Reads entries that the feed no longer has. An unreadable entry is not shown. */
  async read(): Promise<void> {
    const { at, endedAt, serverId } = this.record;
    let before = idTime(endedAt + afterMs);
    const oldest = this.feed.all.at(-1)?.id ?? '';
    if (oldest < idTime(at)) return;
    if (oldest !== '' && oldest < before) before = oldest;
    try {
      for (let isEnd = false; !isEnd;) {
        const page = await this.client.call('events.older', { before, limit: pageSize, serverId });
        this.#older = [...this.#older, ...page.events];
        const last = page.events.at(-1)?.id ?? '';
        isEnd = page.isEnd || last < idTime(at) || last >= before;
        before = last;
      }
    } catch {
      return;
    }
  }

  get #all(): readonly HistoryEvent[] {
    return [...this.feed.all, ...this.#older];
  }
}
