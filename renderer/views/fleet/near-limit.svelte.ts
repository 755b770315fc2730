/** Servers near a limit: counted by the table, and part of those in need of attention. */
import { untrack } from 'svelte';
import { isNearLimit } from '../../../bridge/fleet/shares.js';
import type { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';
import { idSet, type IdSet } from './id-sets.js';
import type { Pace } from './pace.svelte.js';

export class NearLimit {
  readonly ids: IdSet = $derived.by(() => {
    void this.pace.turn;
    const { inOrder } = this.fleet;
    return untrack(() => idSet(inOrder.flatMap(({ id }) => (this.#isNear(id) ? [id] : []))));
  });

  constructor(
    private readonly fleet: FleetFeed,
    private readonly pace: Pick<Pace, 'turn'>,
  ) {}

  #isNear(id: string): boolean {
    const server = this.fleet.server(id);
    return server !== undefined && isNearLimit(server);
  }
}
