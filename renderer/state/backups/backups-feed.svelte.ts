import type { BackupList, ServerBackups } from '../../../bridge/schema/backups.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import type { Now } from '../feeds/now.svelte.js';
import { Task } from '../task.svelte.js';

/** The backups of one server, while a view shows them. A list that was read stays if a later read fails. */
export class BackupsFeed extends Feed<'backups'> {
  /** null until the panel has answered. */
  list = $state.raw<BackupList | null>(null);
  /** Ids of backups that Perch made by a rule. */
  byRule = $state.raw<readonly string[]>([]);
  /** When the list came (monotonic time). */
  readAt = $state(0);
  /** Refresh that the user asked for. */
  readonly refresh = new Task();
  #problem = $state.raw<Problem | null>(null);

  constructor(
    client: PerchClient,
    private readonly serverId: string,
    private readonly now: Pick<Now, 'read'>,
  ) {
    super(client, 'backups', { serverId });
  }

  /** Why the last read failed; null if it did not. */
  get problem(): Problem | null {
    return this.#problem;
  }

  /** Reads the list again. The feed has the result, also a failure. */
  again(): void {
    void this.refresh.run(() => this.client.call('backups.refresh', { serverId: this.serverId }));
  }

  protected override onSnapshot({ list, problem, byRule }: ServerBackups): void {
    this.byRule = byRule;
    if (list !== null && list !== this.list) {
      this.list = list;
      if (problem === null) this.readAt = this.now.read();
    }
    this.#problem = problem;
  }

  protected override onChange(value: ServerBackups): void {
    this.onSnapshot(value);
  }

  protected override onFailed(problem: Problem): void {
    this.#problem = problem;
  }
}
