/** Whether the person has closed this window, so that it is there only for its drafts, and nobody sees it. */
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
