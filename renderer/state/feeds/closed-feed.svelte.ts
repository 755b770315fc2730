/** Whether the user closed this window and it stays hidden because of its drafts. */
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class ClosedFeed extends Feed<'closed'> {
  isClosed = $state(false);

  constructor(client: PerchClient) {
    super(client, 'closed', undefined);
  }

  protected override onSnapshot(isClosed: boolean): void {
    this.isClosed = isClosed;
  }

  protected override onChange(isClosed: boolean): void {
    this.onSnapshot(isClosed);
  }
}
