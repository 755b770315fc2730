/**
 * Numbers of players for menu and tooltip. They change at most every 15 seconds, because on Linux each change closes an
 * open menu.
 */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { PlayersOnline } from '../../../bridge/schema/players.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

const settlesMs = 15_000;

export class SettledPlayers {
  readonly #later: Alarm;
  #players: ReadonlyMap<string, PlayersOnline> = new Map();
  #lookedAt = -Infinity;

  constructor(
    private readonly clock: Clock,
    /** Called when newer numbers are available. */
    private readonly due: () => void,
  ) {
    this.#later = new Alarm(clock);
  }

  /** Server id -> players. A server that ended loses its number at once. */
  of({ servers }: Pick<FleetState, 'servers'>): ReadonlyMap<string, PlayersOnline> {
    const wait = this.#lookedAt + settlesMs - this.clock.now();
    if (wait > 0) {
      if (!this.#later.isSet && this.#differs(servers)) this.#later.set(wait, this.due);
      return new Map([...this.#players].filter(([id]) => (servers.get(id)?.players ?? null) !== null));
    }
    this.#lookedAt = this.clock.now();
    this.#later.clear();
    const known = [...servers.values()].flatMap(({ id, players = null }) =>
      players === null ? [] : [[id, players] as const],
    );
    this.#players = new Map(known);
    return this.#players;
  }

  stop(): void {
    this.#later.clear();
  }

  #differs(servers: FleetState['servers']): boolean {
    for (const { id, players = null } of servers.values()) {
      const shown = this.#players.get(id);
      if (players?.count !== shown?.count || players?.slots !== shown?.slots) return true;
    }
    return false;
  }
}
