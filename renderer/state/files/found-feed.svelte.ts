import type { Problem } from '../../../bridge/errors.js';
import type { FoundFile, FoundPart } from '../../../bridge/schema/files.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import { firstOfEachPath } from './file-names.js';

/** A search for files below a folder. The results stay after its end, without a subscription. */
export class FoundFeed extends Feed<'foundFiles'> {
  files = $state.raw<readonly FoundFile[]>([]);
  /** How far the search is; null until main has begun. */
  progress = $state.raw<Omit<FoundPart, 'files'> | null>(null);

  constructor(
    client: PerchClient,
    serverId: string,
    readonly folder: string,
    readonly query: string,
  ) {
    super(client, 'foundFiles', { serverId, folder, query });
  }

  protected override onSnapshot(part: FoundPart): void {
    this.files = [];
    this.onChange(part);
  }

  protected override onChange({ files, ...progress }: FoundPart): void {
    if (files.length > 0) this.files = firstOfEachPath([...this.files, ...files]);
    this.progress = progress;
    if (progress.end) this.stop();
  }

  protected override onFailed(problem: Problem): void {
    this.progress = { folders: 0, unread: 0, cut: null, ...this.progress, end: true, problem };
  }
}
