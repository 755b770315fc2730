import { isDeepStrictEqual } from 'node:util';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import type { Server, Usage } from '../../../bridge/schema/domain.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { FleetStore } from '../store.js';

/**
 * One server in the store.
 * Applies only fields that differ, because sessions and polls repeat themselves and each change wakes every listener.
 * Ignores changes to a removed server.
 */
export class ServerRow {
  constructor(
    readonly id: string,
    private readonly store: FleetStore,
  ) {}

  get now(): Server | undefined {
    return this.store.state.servers.get(this.id);
  }

  /** The server's name, cleaned for use in a message. */
  get name(): string {
    return oneLine(this.now?.name ?? '', 80);
  }

  get isLive(): boolean {
    return this.now?.link.kind === 'live';
  }

  patch(fields: ServerPatch): void {
    const server = this.now;
    if (server === undefined) return;
    const entries = Object.entries(fields) as [keyof ServerPatch, unknown][];
    const news = entries.filter(([key, value]) => !isDeepStrictEqual(server[key] ?? null, value));
    if (news.length === 0) return;
    const patch: ServerPatch = Object.fromEntries(news);
    this.store.apply([{ kind: 'server-patched', serverId: this.id, patch }]);
  }

  /** Applied even if equal, because each measurement counts. */
  setUsage(usage: Usage | null): void {
    this.store.apply([{ kind: 'usage', serverId: this.id, usage }]);
  }

  /** Clears all fields about the process. */
  forgetProcess(): void {
    this.patch({ power: null, lastSeenAt: null });
    if (this.now?.usage !== null) this.setUsage(null);
  }
}
