/** The latest period in which nobody looked at this window. */
import type { Absence } from '../../../bridge/schema/feeds.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class AbsenceFeed extends Feed<'absence'> {
  last = $state.raw<Absence | null>(null);

  constructor(client: PerchClient) {
    super(client, 'absence', undefined);
  }

  protected override onSnapshot(absence: Absence | null): void {
    this.last = absence;
  }

  protected override onChange(absence: Absence | null): void {
    this.last = absence;
  }
}
