/** Application memory of main: what the user has opened, seen and stopped. */
import type { MemoryNote } from '../../../bridge/schema/memory.js';
import { toProblem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { LatestFeed } from './latest-feed.svelte.js';
import type { SettingsFeed } from './settings-feed.svelte.js';

export class MemoryFeed extends LatestFeed<'memory'> {
  constructor(
    client: PerchClient,
    private readonly settings: Pick<SettingsFeed, 'problem'>,
  ) {
    super(client, 'memory', {
      eventsSeenAt: 0,
      shownOnce: [],
      stoppedTogether: null,
      othersShown: null,
      visits: [],
      sharedLogs: [],
      awakeHours: [],
    });
  }

  /** Reports what the user has seen. A refusal shows where refused settings do. */
  note(note: MemoryNote): void {
    this.client
      .call('memory.note', note)
      .catch((error: unknown) => (this.settings.problem = toProblem(error)));
  }
}
