/** Who shares each server of the fleet, as main has read it. While this feed runs, main reads the lists in turn. */
import type { ServerPeople } from '../../../bridge/schema/fleet-people.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import { changedPeople, nobodyKnown } from './people-by-server.js';

/** Lists arrive one by one, up to 12 in a second, and each makes the view count everybody anew. */
const leastMs = 300;
/** Time in ms for each known list: counting 50,000 people of 1,000 servers anew holds up the window for a moment. */
const eachMs = 3;

export class FleetPeopleFeed extends Feed<'fleetPeople'> {
  /** By the id of the server; a new map after each change. */
  known = $state.raw(nobodyKnown);
  loaded = $state(false);
  #waiting: ServerPeople[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: PerchClient) {
    super(client, 'fleetPeople', undefined);
  }

  override stop(): void {
    this.#drop();
    super.stop();
  }

  protected override onSnapshot(all: ServerPeople[]): void {
    this.#drop();
    this.known = changedPeople(nobodyKnown, all);
    this.loaded = true;
  }

  protected override onChange(some: ServerPeople[]): void {
    this.#waiting.push(...some);
    this.#timer ??= setTimeout(() => this.#take(), Math.max(leastMs, this.known.size * eachMs));
  }

  #take(): void {
    this.known = changedPeople(this.known, this.#waiting);
    this.#drop();
  }

  #drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}
