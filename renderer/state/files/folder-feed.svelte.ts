import type { Problem } from '../../../bridge/errors.js';
import type { FolderPart, ServerFile } from '../../../bridge/schema/files.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import { Task } from '../task.svelte.js';
import { firstOfEachName } from './file-names.js';

/** Ms between two updates of a list that is shown for the first time, because each one sorts all files. */
const showEveryMs = 400;

/** The files of one folder, while a view shows it. A complete list stays until the next list is complete. */
export class FolderFeed extends Feed<'folder'> {
  files = $state.raw<readonly ServerFile[]>([]);
  /** Whether the folder has been read to its end once. */
  isRead = $state(false);
  /** Why the last read failed; null if it did not. */
  problem = $state.raw<Problem | null>(null);
  /** Read that the person asked for. */
  readonly refresh = new Task();
  #coming: ServerFile[] = [];
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor(
    client: PerchClient,
    private readonly serverId: string,
    readonly path: string,
  ) {
    super(client, 'folder', { serverId, path });
  }

  override stop(): void {
    super.stop();
    clearTimeout(this.#next);
    this.#next = undefined;
  }

  /** Reads the folder again. The feed has the result, also a failure. */
  again(): void {
    void this.refresh.run(() =>
      this.client.call('files.refresh', { serverId: this.serverId, path: this.path }),
    );
  }

  protected override onSnapshot(part: FolderPart): void {
    this.onChange({ ...part, isFirst: true });
  }

  protected override onChange({ files, isFirst, end, problem }: FolderPart): void {
    if (isFirst) this.#coming = [];
    this.#coming.push(...files);
    if (!end) {
      if (!this.isRead) this.#next ??= setTimeout(() => this.#show(), showEveryMs);
      return;
    }
    this.problem = problem;
    if (problem !== null && this.isRead) return;
    this.#show();
    this.isRead = problem === null;
  }

  protected override onFailed(problem: Problem): void {
    this.problem = problem;
  }

  #show(): void {
    clearTimeout(this.#next);
    this.#next = undefined;
    this.files = firstOfEachName(this.#coming);
  }
}
