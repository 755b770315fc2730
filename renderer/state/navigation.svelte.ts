/**
 * Navigation of the main window.
 * The user navigates inside the window; main navigates from outside (tray, notification).
 */
import type { View } from '../../bridge/schema/view.js';
import type { PerchClient } from '../api.js';
import { Feed } from './feeds/feed.svelte.js';

/** Most views in the history. */
const mostKept = 50;

export class Navigation extends Feed<'navigation'> {
  view = $state.raw<View>({ kind: 'fleet' });
  /** List of servers that was shown last; leaving a server returns to it. null = all servers. */
  list = $state<string | null>(null);
  /** Views for Back, nearest last. */
  #past = $state.raw<readonly View[]>([]);
  /** Views for Forward, nearest last. */
  #future = $state.raw<readonly View[]>([]);
  #lastAsked: string | null = null;
  /** Id of the only server; its view replaces the list of all servers. null if there is no single server. */
  #onlyServer: string | null = null;

  constructor(client: PerchClient) {
    super(client, 'navigation', undefined);
  }

  /** Sets the only server; null if there are none, several, or the number is unknown. */
  stands(serverId: string | null): void {
    this.#onlyServer = serverId;
    const view = this.#resolved(this.view);
    if (view !== this.view) this.#show(view);
  }

  go(wanted: View): void {
    const view = this.#resolved(wanted);
    // All tabs of a server count as one place, so one step back leaves the server. Each folder is a separate place.
    if (!isSamePlace(this.view, view)) {
      this.#past = [...this.#past, this.view].slice(-mostKept);
      this.#future = [];
    }
    this.#show(view);
  }

  /** Returns from a server to the list from which the user opened it. */
  leaveServer(): void {
    this.go(this.list === null ? { kind: 'fleet' } : { kind: 'fleet', list: this.list });
  }

  /** Goes one step back. `isThere` = whether a view can still be shown. */
  back(isThere: (view: View) => boolean): void {
    const past = this.#past.filter(isThere);
    const view = past.at(-1);
    if (view === undefined) return;
    this.#past = past.slice(0, -1);
    this.#future = [...this.#future, this.view];
    this.#show(view);
  }

  /** Undoes one step back. */
  forward(isThere: (view: View) => boolean): void {
    const future = this.#future.filter(isThere);
    const view = future.at(-1);
    if (view === undefined) return;
    this.#future = future.slice(0, -1);
    this.#past = [...this.#past, this.view];
    this.#show(view);
  }

  /**
   * A feed that starts over repeats main's last request, which the user may have left since; only a new request
   * navigates.
   */
  protected override onSnapshot(view: View): void {
    const asked = JSON.stringify(view);
    // The first view has no predecessor in the history.
    if (this.#lastAsked === null) this.#show(this.#resolved(view));
    if (asked !== this.#lastAsked) this.#ask(view);
  }

  protected override onChange(view: View): void {
    this.#ask(view);
  }

  /** Replaces the list of all servers by the only server's view. */
  #resolved(view: View): View {
    const isWhole = view.kind === 'fleet' && view.list === undefined;
    return isWhole && this.#onlyServer !== null ? { kind: 'server', serverId: this.#onlyServer } : view;
  }

  #show(view: View): void {
    this.view = view;
    if (view.kind === 'fleet') this.list = view.list ?? null;
  }

  #ask(view: View): void {
    this.#lastAsked = JSON.stringify(view);
    this.go(view);
  }
}

function isSamePlace(one: View, other: View): boolean {
  return placeOf(one) === placeOf(other);
}

function placeOf(view: View): string {
  if (view.kind === 'server') return `server ${view.serverId} ${view.folder ?? '/'}`;
  if (view.kind === 'account') return `account ${view.accountId}`;
  return view.kind === 'fleet' ? `fleet ${view.list ?? ''}` : view.kind;
}
