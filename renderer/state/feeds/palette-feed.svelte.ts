/** Counts how often main has asked this window to open its palette. */
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class PaletteFeed extends Feed<'palette'> {
  asked = $state(0);

  constructor(client: PerchClient) {
    super(client, 'palette', undefined);
  }

  protected override onSnapshot(asked: number): void {
    this.asked = asked;
  }

  protected override onChange(asked: number): void {
    this.onSnapshot(asked);
  }
}
