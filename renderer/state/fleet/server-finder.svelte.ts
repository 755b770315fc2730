/** Finds servers by what a person types, for all lists of this window. What it is found in follows the fleet. */
import { serverWord } from '../../../bridge/fleet/marks.js';
import { findServers, groupNames, type Finds } from '../../search/find-servers.js';
import { KeptTexts } from '../../search/kept-texts.js';
import type { ServerFacts, ServerText } from '../../search/server-text.js';
import type { FleetFeed } from './fleet-feed.svelte.js';
import type { Listing } from './server-order.js';
import type { SettingsFeed } from '../feeds/settings-feed.svelte.js';

export class ServerFinder {
  readonly #fleet: FleetFeed;
  readonly #settings: SettingsFeed;
  readonly #kept = new KeptTexts();
  readonly #groups: ReadonlyMap<string, string> = $derived.by(() =>
    groupNames(this.#settings.current.groups),
  );

  /** In the order of the inOrder; the same list while nothing changes that servers are found by. */
  readonly texts: readonly ServerText[] = $derived.by(() =>
    this.#kept.of(this.#fleet.inOrder.map((listing) => this.#factsOf(listing))),
  );

  constructor(fleet: FleetFeed, settings: SettingsFeed) {
    this.#fleet = fleet;
    this.#settings = settings;
  }

  /** null where nothing is searched for. */
  find(search: string): Finds | null {
    // Who does not search is not told of changes either.
    return search.trim() === '' ? null : findServers(this.texts, search);
  }

  #factsOf(listing: Listing): ServerFacts {
    const account = this.#fleet.account(listing.accountId);
    const server = this.#fleet.server(listing.id);
    return {
      server: listing,
      account,
      group: this.#groups.get(listing.id),
      state: server === undefined ? '' : serverWord(server, account),
    };
  }
}
