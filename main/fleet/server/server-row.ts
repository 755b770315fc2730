import { isDeepStrictEqual } from 'node:util';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import type { Server, Usage } from '../../../bridge/schema/domain.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import type { FleetStore } from '../store.js';

/**
 * One server as the store has it. Sessions and polls repeat themselves, so only what differs is applied: each change
 * wakes every listener of the store. A server that is gone from the store takes nothing.
 */
export class ServerRow {
  readonly id: string;
  readonly #store: FleetStore;

  constructor(id: string, store: FleetStore) {
    this.id = id;
    this.#store = store;
  }

  get now(): Server | undefined {
    return this.#store.state.servers.get(this.id);
  }

  /** The server's name, fit for a sentence. */
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
    this.#store.apply([{ kind: 'server-patched', serverId: this.id, patch }]);
  }

  /** Applied even where it is equal, because a new measurement counts. */
  setUsage(usage: Usage | null): void {
    this.#store.apply([{ kind: 'usage', serverId: this.id, usage }]);
  }

  /** What was known of the process is no longer true. */
  forgetProcess(): void {
    this.patch({ power: null, lastSeenAt: null });
    if (this.now?.usage !== null) this.setUsage(null);
  }
}
