import { createHash } from 'node:crypto';
import type { Revision, RevisionWhy } from '../../bridge/schema/revisions.js';
import type { ServerState } from '../../bridge/schema/server-states.js';
import type { TextFile } from '../../main/files/revisions-archive.js';

/** Archive in memory that stores texts at once; the real one compresses in threads, which a fake clock can't await. */
export class FakeRevisions {
  readonly kept: (Revision & { readonly path: string; readonly text: string })[] = [];
  readonly #goodStarts = new Map<string, ServerState>();
  readonly #reads = new Map<string, number>();

  async keep({ path }: TextFile, bytes: Uint8Array, why: RevisionWhy): Promise<string> {
    const version = createHash('sha256').update(bytes).digest('hex');
    const text = Buffer.from(bytes).toString();
    this.kept.push({
      id: String(this.kept.length + 1),
      at: 0,
      why,
      bytes: bytes.length,
      version,
      path,
      text,
    });
    return version;
  }

  async list({ path }: TextFile): Promise<Revision[]> {
    return this.kept.filter((one) => one.path === path).reverse();
  }

  textOf(id: string | null | undefined): string | undefined {
    return this.kept.find((one) => one.id === id)?.text;
  }

  async goodStart(serverId: string): Promise<ServerState | null> {
    return this.#goodStarts.get(serverId) ?? null;
  }

  async setGoodStart(serverId: string, state: ServerState): Promise<void> {
    this.#goodStarts.set(serverId, state);
    await this.setReadAt(serverId, state.readAt);
  }

  async readAt(serverId: string): Promise<number | null> {
    return this.#reads.get(serverId) ?? null;
  }

  async setReadAt(serverId: string, at: number): Promise<void> {
    this.#reads.set(serverId, at);
  }
}
