/** Whether the system granted Perch its global shortcut. */
import type { FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

type ShortcutState = FeedSnapshot<'shortcut'>;

export class ShortcutFeed extends Feed<'shortcut'> {
  state = $state<ShortcutState>('none');

  constructor(client: PerchClient) {
    super(client, 'shortcut', undefined);
  }

  protected override onSnapshot(state: ShortcutState): void {
    this.state = state;
  }

  protected override onChange(state: ShortcutState): void {
    this.onSnapshot(state);
  }
}
