/** The servers of the view "Needs attention": the sidebar counts them, the table lists them. */
import { untrack } from 'svelte';
import type { Account, Server } from '../../../bridge/domain.js';
import { stateWord } from '../../../bridge/marks.js';
import type { Attention } from '../../state/attention.svelte.js';
import type { FleetFeed } from '../../state/fleet-feed.svelte.js';
import { isNearLimit } from './fleet-states.js';
import { idSet, type IdSet } from './id-sets.js';

export class AttentionList {
  #turn = $state(0);
  #last: IdSet = idSet([]);
  readonly #fleet: FleetFeed;
  readonly #attention: Attention;

  /** As old as the last `refresh`, for it changes with every figure. */
  readonly #near: IdSet = $derived.by(() => {
    void this.#turn;
    const { roster } = this.#fleet;
    return untrack(() => idSet(roster.flatMap(({ id }) => (this.#isNear(id) ? [id] : []))));
  });
  /** Those that went wrong by themselves, are out of reach, or near a limit; the order is nobody's. */
  readonly ids: IdSet = $derived.by(() => {
    const silent = this.#fleet.servers.filter((one) => isSilent(one, this.#fleet.account(one.accountId)));
    const ids = idSet([...this.#attention.ids, ...this.#near, ...silent.map(({ id }) => id)]);
    // The same set for the same servers: with each figure that comes the table would be worked out anew.
    if (ids.size !== this.#last.size || [...ids].some((id) => !this.#last.has(id))) this.#last = ids;
    return this.#last;
  });

  constructor(fleet: FleetFeed, attention: Attention) {
    this.#fleet = fleet;
    this.#attention = attention;
  }

  refresh(): void {
    this.#turn += 1;
  }

  #isNear(id: string): boolean {
    const server = this.#fleet.server(id);
    return server !== undefined && isNearLimit(server);
  }
}

/** Nobody answers for it. Of a panel that asks for a pause nothing is wrong. */
function isSilent(server: Server, account: Account | undefined): boolean {
  const word = stateWord(server, account);
  return word === 'unreachable' || (word === 'unknown' && account?.state.kind !== 'failed');
}
