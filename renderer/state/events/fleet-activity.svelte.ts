/** Actions of others on many servers, as main has read them. While this feed runs, main reads the lists in turn. */
import type { ServerActivity } from '../../../bridge/schema/fleet-activity.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../feeds/feed.svelte.js';
import { changedActivity, nothingRead, type ActivityByServer } from './activity-by-server.js';

/**
 * Shortest pause in ms between two updates of the view, and a further pause for each known list, because each update
 * sorts all lists.
 */
const pause = { leastMs: 300, eachMs: 3 };

export class FleetActivityFeed extends Feed<'fleetActivity'> {
  /** By the id of the server; a new map after each change. */
  known = $state.raw<ActivityByServer>(nothingRead);
  #waiting: ServerActivity[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `serverIds` null = all; `before` = entries of another feed. */
  constructor(client: PerchClient, serverIds: readonly string[] | null, before: ActivityByServer) {
    super(client, 'fleetActivity', { serverIds: serverIds === null ? null : [...serverIds] });
    this.known = before;
  }

  override stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    super.stop();
  }

  /** Main sends all lists that it has after the snapshot, and each replaces what this feed knew before. */
  protected override onSnapshot(all: ServerActivity[]): void {
    this.onChange(all);
  }

  protected override onChange(some: ServerActivity[]): void {
    this.#waiting.push(...some);
    const ms = Math.max(pause.leastMs, this.known.size * pause.eachMs);
    this.#timer ??= setTimeout(() => this.#take(), this.known.size === 0 ? 0 : ms);
  }

  #take(): void {
    this.#timer = undefined;
    this.known = changedActivity(this.known, this.#waiting);
    this.#waiting = [];
  }
}
