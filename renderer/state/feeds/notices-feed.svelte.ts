/** Notices about problems of Perch's own files, until the user dismisses them. */
import type { Notice } from '../../../bridge/schema/feeds.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class NoticesFeed extends Feed<'notices'> {
  all = $state.raw<readonly Notice[]>([]);

  constructor(client: PerchClient) {
    super(client, 'notices', undefined);
  }

  dismiss(id: string): void {
    this.client.call('notices.dismiss', { id }).catch(() => undefined);
  }

  protected override onSnapshot(all: Notice[]): void {
    this.all = all;
  }

  protected override onChange(all: Notice[]): void {
    this.onSnapshot(all);
  }
}
