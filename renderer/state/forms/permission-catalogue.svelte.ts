/** All permissions that the panel of one account knows. */
import type { PermissionGroup } from '../../../bridge/schema/permission-groups.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

/** Read once, and again after a failure: the list changes only with the panel's version. */
export class PermissionCatalogue {
  groups = $state.raw<readonly PermissionGroup[] | null>(null);
  readonly reading = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly accountId: string,
  ) {}

  /** Whether the panel knows this permission; false while unread. */
  knows(id: string): boolean {
    return (this.groups ?? []).some(({ permissions }) => permissions.some((known) => known.id === id));
  }

  async read(): Promise<void> {
    if (this.reading.isRunning || this.groups !== null) return;
    await this.reading.run(async () => {
      this.groups = await this.client.call('permissions.read', { accountId: this.accountId });
    });
  }
}
