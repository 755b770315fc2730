/**
 * Logs the coming of players whom the user watches. Players who come within a minute share an entry, which then changes
 * every few seconds at most, so that a group of friends causes no stream of notifications.
 */
import type { Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { ServerPast } from './server-past.js';

const togetherMs = 60_000;
const gatherMs = 5000;

interface Entry {
  readonly id: string;
  readonly at: number;
  /** Grows until the next entry begins. */
  readonly players: string[];
}

export class WatchedArrivals {
  #entry: Entry | null = null;
  readonly #more: Alarm;

  constructor(
    private readonly clock: Clock,
    private readonly past: ServerPast,
  ) {
    this.#more = new Alarm(clock);
  }

  /** Writes arrivals that the log lacks. */
  stop(): void {
    if (this.#more.isSet) this.#amend();
    this.#more.clear();
  }

  came(server: Server, player: string): void {
    const now = this.clock.now();
    const entry = this.#entry;
    if (entry === null || now - entry.at >= togetherMs) {
      if (this.#more.isSet) this.#amend();
      this.#more.clear();
      const players = [player];
      const { id } = this.past.write(server, { kind: 'player-joined', players: [...players] }, now);
      this.#entry = { id, at: now, players };
      return;
    }
    if (entry.players.includes(player)) return;
    entry.players.push(player);
    if (!this.#more.isSet) this.#more.set(gatherMs, () => this.#amend());
  }

  #amend(): void {
    if (this.#entry === null) return;
    const { id, players } = this.#entry;
    this.past.amend(id, { kind: 'player-joined', players: [...players] });
  }
}
