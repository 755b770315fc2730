/** What the main window shows. The person moves in the window; main moves it from outside (tray, notification). */
import type { View } from '../../bridge/schema/view.js';
import type { PerchClient } from '../api.js';
import { Feed } from './feeds/feed.svelte.js';

/** Nobody goes back further. */
const mostKept = 50;

export class Navigation extends Feed<'navigation'> {
  view = $state.raw<View>({ kind: 'fleet' });
  /** The list of servers that was shown last, in which who leaves a server is again; null = all of them. */
  list = $state<string | null>(null);
  /** The nearest last. */
  #past = $state.raw<readonly View[]>([]);
  /** The nearest last. */
  #future = $state.raw<readonly View[]>([]);
  #lastAsked: string | null = null;
  /** The one server that there is: it stands for the list of all servers. */
  #onlyServer: string | null = null;

  constructor(client: PerchClient) {
    super(client, 'navigation', undefined);
  }

  /** Says which server is the only one; null where there are none, several, or nobody knows yet. */
  stands(serverId: string | null): void {
    this.#onlyServer = serverId;
    const view = this.#resolved(this.view);
    if (view !== this.view) this.#show(view);
  }

  go(wanted: View): void {
    const view = this.#resolved(wanted);
    // The tabs of a server are one place: who looks through them goes back from all of them at once.
    if (!isSamePlace(this.view, view)) {
      this.#past = [...this.#past, this.view].slice(-mostKept);
      this.#future = [];
    }
    this.#show(view);
  }

  /** Back from a server to the list in which the person found it. */
  leaveServer(): void {
    this.go(this.list === null ? { kind: 'fleet' } : { kind: 'fleet', list: this.list });
  }

  /** To where the person was before; `isThere` = whether a view can still be shown. */
  back(isThere: (view: View) => boolean): void {
    const past = this.#past.filter(isThere);
    const view = past.at(-1);
    if (view === undefined) return;
    this.#past = past.slice(0, -1);
    this.#future = [...this.#future, this.view];
    this.#show(view);
  }

  /** Takes a step back again. */
  forward(isThere: (view: View) => boolean): void {
    const future = this.#future.filter(isThere);
    const view = future.at(-1);
    if (view === undefined) return;
    this.#future = future.slice(0, -1);
    this.#past = [...this.#past, this.view];
    this.#show(view);
  }

  /** A feed that starts over repeats what main asked for last; the person has moved on since. */
  protected override onSnapshot(view: View): void {
    const asked = JSON.stringify(view);
    // What the window begins with has nothing before it.
    if (this.#lastAsked === null) this.#show(this.#resolved(view));
    if (asked !== this.#lastAsked) this.#ask(view);
  }

  protected override onChange(view: View): void {
    this.#ask(view);
  }

  /** A table of one row tells nobody anything. */
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
  if (view.kind === 'server') return `server ${view.serverId}`;
  return view.kind === 'fleet' ? `fleet ${view.list ?? ''}` : view.kind;
}
