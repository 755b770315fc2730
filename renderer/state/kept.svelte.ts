/** Whether the person has closed this window, so that it is there only for its drafts, and nobody sees it. */
import type { PerchClient } from '../api.js';
import { Feed } from './feed.svelte.js';

export class Kept extends Feed<'kept'> {
  isKept = $state(false);

  constructor(client: PerchClient) {
    super(client, 'kept', undefined);
  }

  protected override onSnapshot(isKept: boolean): void {
    this.isKept = isKept;
  }

  protected override onChange(isKept: boolean): void {
    this.onSnapshot(isKept);
  }
}
