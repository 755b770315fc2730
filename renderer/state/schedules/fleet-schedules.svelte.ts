/** The schedules that panels keep of all servers, as main has read them. While this feed runs, main reads them often. */
import type { ServerSchedules } from '../../../bridge/schema/fleet-schedules.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import {
  changedSchedules,
  laterTimes,
  noSchedules,
  noTimes,
  type KnownSchedules,
} from './known-schedules.js';

export class FleetSchedulesFeed extends Feed<'fleetSchedules'> {
  /** By the id of the server; a new map only if some schedule has changed. */
  known = $state.raw<KnownSchedules>(noSchedules);
  /** When the panel sent the schedules of a server (monotonic time), by its id. */
  readAt = $state.raw(noTimes);
  loaded = $state(false);

  constructor(client: PerchClient) {
    super(client, 'fleetSchedules', undefined);
  }

  protected override onSnapshot(all: ServerSchedules[]): void {
    this.known = changedSchedules(noSchedules, all);
    this.readAt = laterTimes(noTimes, all);
    this.loaded = true;
  }

  protected override onChange(some: ServerSchedules[]): void {
    const next = changedSchedules(this.known, some);
    if (next !== this.known) this.known = next;
    this.readAt = laterTimes(this.readAt, some);
  }
}
