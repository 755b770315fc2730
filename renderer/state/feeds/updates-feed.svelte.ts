/** State of Perch's updates. */
import type { PerchClient } from '../../api.js';
import type { UpdatesKnown } from '../../../bridge/schema/updates.js';
import { Feed } from './feed.svelte.js';

export class UpdatesFeed extends Feed<'updates'> {
  /** null until main has sent the state. */
  known = $state.raw<UpdatesKnown | null>(null);

  constructor(client: PerchClient) {
    super(client, 'updates', undefined);
  }

  protected override onSnapshot(known: UpdatesKnown): void {
    this.known = known;
  }

  protected override onChange(known: UpdatesKnown): void {
    this.onSnapshot(known);
  }
}
