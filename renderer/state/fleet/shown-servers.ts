/** Tells main which servers this window shows; main updates those first. */
import type { PerchClient } from '../../api.js';

/** Shortest time between two reports (ms): scrolling changes the visible rows many times a second. */
const everyMs = 300;
/** Most servers per report; more than any window shows, and main's limit. */
const most = 500;

export class ShownServers {
  readonly #places = new Map<string, readonly string[]>();
  #told = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly client: PerchClient) {}

  /** Servers that one part of the window shows now; pass an empty list when the part disappears. */
  show(place: string, serverIds: readonly string[]): void {
    this.#places.set(place, serverIds);
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#tell(), everyMs);
  }

  /** As `show`, for a list with rows of several kinds. */
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
    // Without a connection to main the window has nothing to update, so it ignores a failure.
    this.client.send('window.setShown', { serverIds });
  }
}
