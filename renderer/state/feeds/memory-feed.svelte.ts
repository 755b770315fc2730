/**
 * Application memory of main: servers that the user opened, events that the user saw, servers that the user stopped.
 */
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

  /** Reports events that the user has seen. A refusal appears in the place of refused settings. */
  note(note: MemoryNote): void {
    this.client
      .call('memory.note', note)
      .catch((error: unknown) => (this.settings.problem = toProblem(error)));
  }
}
