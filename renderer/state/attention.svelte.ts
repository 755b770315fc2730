/** The servers in need of attention, as this window knows them, and who is next. */
import type { WindowState } from './context.js';
import { isInTrouble, unseenTrouble } from './attention.js';

const hourMs = 3_600_000;

export class Attention {
  readonly #state: Pick<WindowState, 'fleet' | 'events' | 'settings' | 'navigation' | 'now'>;
  #last: readonly string[] = [];
  /** What is longer ago than a day goes with the hour. */
  readonly #hour: number = $derived.by(() => {
    const { now } = this.#state;
    return Math.floor(now.wallOf(now.at) / hourMs);
  });
  readonly #unseen: ReadonlySet<string> = $derived.by(() => {
    const { events, settings, now } = this.#state;
    void this.#hour;
    return unseenTrouble(events.all, settings.current, now.wallOf(now.read()));
  });
  /** In the order of the roster. */
  readonly ids: readonly string[] = $derived.by(() => {
    const ids = this.#find();
    // The same list for the same servers: nothing that follows it has to be worked out anew.
    if (ids.length !== this.#last.length || ids.some((id, at) => id !== this.#last[at])) this.#last = ids;
    return this.#last;
  });

  constructor(state: Pick<WindowState, 'fleet' | 'events' | 'settings' | 'navigation' | 'now'>) {
    this.#state = state;
  }

  has(serverId: string): boolean {
    return this.ids.includes(serverId);
  }

  /** The one after (1) or before (-1) that which is shown; null where there is none but that. */
  next(step: 1 | -1): string | null {
    const { view } = this.#state.navigation;
    const shownId = view.kind === 'server' ? view.serverId : null;
    const order = this.#state.fleet.roster.map(({ id }) => id);
    const from = shownId === null ? -1 : order.indexOf(shownId);
    const others = this.ids.filter((id) => id !== shownId);
    const at = (id: string): number => order.indexOf(id);
    if (step === 1) return others.find((id) => at(id) > from) ?? others[0] ?? null;
    return others.findLast((id) => from === -1 || at(id) < from) ?? others.at(-1) ?? null;
  }

  #find(): readonly string[] {
    const { fleet, settings, navigation } = this.#state;
    const { view } = navigation;
    const shownId = view.kind === 'server' ? view.serverId : null;
    return fleet.roster.flatMap(({ id }) => {
      const server = fleet.server(id);
      if (server === undefined) return [];
      const isUnseen = this.#unseen.has(id) && id !== shownId;
      return isUnseen || isInTrouble(server, fleet.account(server.accountId), settings.current) ? [id] : [];
    });
  }
}
