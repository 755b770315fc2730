import type { Revision } from '../../../bridge/schema/revisions.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import type { TextFileRef } from './earlier-text.svelte.js';

/** The kept earlier texts of one file, newest first. */
export class RevisionsFeed extends Feed<'revisions'> {
  /** null until main has read the list. */
  value = $state.raw<readonly Revision[] | null>(null);

  constructor(client: PerchClient, file: TextFileRef) {
    super(client, 'revisions', { ...file });
  }

  protected override onSnapshot(value: Revision[] | null): void {
    this.value = value;
  }

  protected override onChange(value: Revision[] | null): void {
    this.value = value;
  }
}
