/**
 * Logs when the first player comes to an empty server, when the last one has left, when all places are taken, and while
 * the game of a running server does not answer this computer.
 */
import { isFull } from '../../bridge/fleet/full.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import { LastingTimer } from './lasting-timer.js';
import type { ServerPast } from './server-past.js';

/** A server counts as empty after this time, because players who lose the connection return. */
const emptyForMs = 60_000;
/** A full server that has a free place for less than this time counts as full all along. */
const fullAgainMs = 300_000;

export class PlayerPast {
  /** null = the number of players is unknown. */
  #isEmpty: boolean | null = null;
  /** null = unknown. */
  #isFull: boolean | null = null;
  /** Monotonic time at which the server was last full; -Infinity = never. */
  #fullUntil = -Infinity;
  readonly #emptied: LastingTimer;

  constructor(
    private readonly clock: Clock,
    private readonly past: ServerPast,
  ) {
    this.#emptied = new LastingTimer(clock);
  }

  stop(): void {
    this.#emptied.clear();
  }

  changed(before: Server, after: Server): void {
    if (after.players !== before.players || after.power !== before.power) this.#players(after);
    if (after.reach !== before.reach || after.power !== before.power) this.#reach(after);
  }

  #players(server: Server): void {
    const players = server.power === 'running' ? (server.players ?? null) : null;
    const now = this.clock.now();
    const wasFull = this.#isFull;
    this.#isFull = players === null ? null : isFull(players);
    if (wasFull === true && this.#isFull !== true) this.#fullUntil = now;
    if (wasFull === false && this.#isFull === true && now - this.#fullUntil > fullAgainMs)
      this.past.write(server, { kind: 'full', slots: players?.slots ?? 0 }, now);
    if (players === null) {
      this.#emptied.clear();
      this.#isEmpty = null;
    } else if (players.count > 0) {
      this.#emptied.clear();
      if (this.#isEmpty === true) this.past.write(server, { kind: 'players-on', count: players.count }, now);
      this.#isEmpty = false;
    } else if (this.#isEmpty === null) this.#isEmpty = true;
    else if (!this.#isEmpty && !this.#emptied.isSet) {
      this.#emptied.set(emptyForMs, () => {
        this.#isEmpty = true;
        this.past.write(server, { kind: 'players-gone' }, now);
      });
    }
  }

  #reach(server: Server): void {
    const { reach = null, power } = server;
    const lasting = this.past.lasting(server.id, 'game-silent');
    if (reach?.kind === 'silent') {
      const { hasAnswered, suspect, since } = reach;
      if (lasting === undefined)
        this.past.write(server, { kind: 'game-silent', hasAnswered, suspect }, since, { lasts: true });
      return;
    }
    if (lasting === undefined) return;
    // While the state is unknown, silence of the game proves nothing.
    const isOver = reach?.kind === 'answers' || (power !== 'running' && power !== null);
    if (isOver) this.past.end(lasting.id, this.clock.now());
  }
}
