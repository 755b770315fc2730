/** Who shares each server of the fleet, as main has read it. While this feed runs, main reads the lists in turn. */
import type { ServerPeople } from '../../../bridge/schema/fleet-people.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import { changedPeople, nobodyKnown } from './people-by-server.js';

/** Shortest pause in ms between two updates of the view: up to 12 lists arrive in a second, and each update counts all people. */
const leastMs = 300;
/** Further pause in ms for each known list: a count of 50,000 people on 1,000 servers blocks the window for 90 ms. */
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
