/** Server search for all lists of this window; its texts follow the fleet. */
import { serverWord } from '../../../bridge/fleet/marks.js';
import { findServers, findsOf, groupNames, type Finds } from '../../search/find-servers.js';
import { KeptTexts } from '../../search/kept-texts.js';
import { passesPlayers, playerFilter, type PlayerTest } from '../../search/player-filter.js';
import type { ServerFacts, ServerText } from '../../search/server-text.js';
import type { FleetFeed } from './fleet-feed.svelte.js';
import type { Listing } from './server-order.js';
import type { SettingsFeed } from '../feeds/settings-feed.svelte.js';

export class ServerFinder {
  readonly #kept = new KeptTexts();
  /** The last search with a word about players. */
  #last: { readonly search: string; readonly passing: readonly ServerText[]; readonly finds: Finds } | null =
    null;
  readonly #groups: ReadonlyMap<string, string> = $derived.by(() => groupNames(this.settings.current.groups));

  /** Search texts in the order of `fleet.inOrder`; the same array while nothing searchable changes. */
  readonly texts: readonly ServerText[] = $derived.by(() =>
    this.#kept.of(this.fleet.inOrder.map((listing) => this.#factsOf(listing))),
  );

  constructor(
    private readonly fleet: FleetFeed,
    private readonly settings: SettingsFeed,
  ) {}

  /** null for an empty search. */
  find(search: string): Finds | null {
    // An empty search reads no texts, so its caller does not update with the fleet.
    if (search.trim() === '') return null;
    const { tests, rest } = playerFilter(search);
    return tests.length === 0 ? findServers(this.texts, search) : this.#findWithPlayers(search, tests, rest);
  }

  /** The servers whose players pass. */
  withPlayers(tests: readonly PlayerTest[]): readonly ServerText[] {
    if (tests.length === 0) return this.texts;
    return this.texts.filter(({ id }) => passesPlayers(this.fleet.server(id)?.players, tests));
  }

  /** Returns the same object while the same servers pass, so that new figures alone change no list. */
  #findWithPlayers(search: string, tests: readonly PlayerTest[], rest: string): Finds {
    const passing = this.withPlayers(tests);
    const last = this.#last;
    if (last?.search === search && isSame(last.passing, passing)) return last.finds;
    const finds = rest.trim() === '' ? findsOf(passing) : findServers(passing, rest);
    this.#last = { search, passing, finds };
    return finds;
  }

  #factsOf(listing: Listing): ServerFacts {
    const account = this.fleet.account(listing.accountId);
    const server = this.fleet.server(listing.id);
    return {
      server: listing,
      account,
      group: this.#groups.get(listing.id),
      state: server === undefined ? '' : serverWord(server, account),
    };
  }
}

function isSame(some: readonly ServerText[], others: readonly ServerText[]): boolean {
  return some.length === others.length && some.every((text, at) => text === others[at]);
}
