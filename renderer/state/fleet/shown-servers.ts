/** Tells main which servers this window has in sight, so that those are kept up to date first. */
import type { PerchClient } from '../../api.js';

/** A list that is scrolled changes what is in sight many times a second. */
const everyMs = 300;
/** More rows than any window shows; main takes no more. */
const most = 500;

export class ShownServers {
  readonly #client: PerchClient;
  readonly #places = new Map<string, readonly string[]>();
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PerchClient) {
    this.#client = client;
  }

  /** What one part of the window shows now; nothing once it is gone. */
  show(place: string, serverIds: readonly string[]): void {
    this.#places.set(place, serverIds);
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#tell(), everyMs);
  }

  /** The same of a list whose rows are servers and others. */
  showRows(place: string, rows: readonly { readonly kind: string; readonly key: string }[]): void {
    this.show(
      place,
      rows.flatMap(({ kind, key }) => (kind === 'server' ? [key] : [])),
    );
  }

  #tell(): void {
    this.#timer = undefined;
    const serverIds = [...new Set([...this.#places.values()].flat())].slice(0, most);
    const told = serverIds.toSorted().join('\n');
    if (told === this.#told) return;
    this.#told = told;
    // Where main can't be asked, there is nothing to see either.
    this.#client.call('window.setShown', { serverIds }).catch(() => undefined);
  }
}
