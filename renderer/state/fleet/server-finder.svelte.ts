/** Server search for all lists of this window; its texts follow the fleet. */
import { serverWord } from '../../../bridge/fleet/marks.js';
import { findServers, groupNames, type Finds } from '../../search/find-servers.js';
import { KeptTexts } from '../../search/kept-texts.js';
import type { ServerFacts, ServerText } from '../../search/server-text.js';
import type { FleetFeed } from './fleet-feed.svelte.js';
import type { Listing } from './server-order.js';
import type { SettingsFeed } from '../feeds/settings-feed.svelte.js';

export class ServerFinder {
  readonly #kept = new KeptTexts();
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
    return search.trim() === '' ? null : findServers(this.texts, search);
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
