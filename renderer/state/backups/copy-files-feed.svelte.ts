import type { ArchivedFile, ArchivePart } from '../../../bridge/schema/backup-copies.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';

/** Ms between two updates of the shown list, because each one sorts all files. */
const showEveryMs = 400;

/** The files in a copy, while main reads the archive. The list stays after the end, without a subscription. */
export class CopyFilesFeed extends Feed<'copyFiles'> {
  files = $state.raw<readonly ArchivedFile[]>([]);
  /** Share of the archive that was read, 0 to 1. */
  share = $state(0);
  /** null while main reads. */
  end = $state.raw<ArchivePart['end']>(null);
  #all: ArchivedFile[] = [];
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PerchClient, serverId: string, backup: string) {
    super(client, 'copyFiles', { serverId, backup });
  }

  override stop(): void {
    super.stop();
    clearTimeout(this.#next);
    this.#next = undefined;
  }

  protected override onSnapshot(part: ArchivePart): void {
    this.#all = [];
    this.onChange(part);
  }

  protected override onChange({ files, share, end }: ArchivePart): void {
    this.#all.push(...files);
    this.share = share;
    this.end = end;
    if (end === null) this.#next ??= setTimeout(() => this.#show(), showEveryMs);
    else {
      this.#show();
      this.stop();
    }
  }

  protected override onFailed(problem: Problem): void {
    this.end = { isCut: false, leftOut: 0, problem };
  }

  #show(): void {
    this.#next = undefined;
    this.files = [...this.#all];
  }
}
