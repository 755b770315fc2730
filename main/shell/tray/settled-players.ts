/**
 * Numbers of players for menu and tooltip. They change at most every 15 seconds, because on Linux each change closes an
 * open menu.
 */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
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
      if (!this.#later.isSet && [...servers].some(([id, server]) => this.#differs(id, server)))
        this.#later.set(wait, this.due);
      return new Map([...this.#players].filter(([id]) => isKnown(servers.get(id))));
    }
    this.#lookedAt = this.clock.now();
    this.#later.clear();
    const known = [...servers.values()].flatMap(({ id, players = null }) =>
      players === null ? [] : [[id, players] as const],
    );
    this.#players = new Map(known);
    return this.#players;
  }

  /** Looks at servers whose players changed, for a newer number than the shown one. */
  changed(state: Pick<FleetState, 'servers'>, serverIds: readonly string[]): void {
    const { servers } = state;
    // A number that ended does not wait.
    const isOver = serverIds.some((id) => this.#players.has(id) && !isKnown(servers.get(id)));
    if (!isOver && (this.#later.isSet || !serverIds.some((id) => this.#differs(id, servers.get(id))))) return;
    this.#later.set(isOver ? 0 : Math.max(0, this.#lookedAt + settlesMs - this.clock.now()), this.due);
  }

  stop(): void {
    this.#later.clear();
  }

  #differs(serverId: string, server: Server | undefined): boolean {
    const [shown, players] = [this.#players.get(serverId), server?.players];
    return players?.count !== shown?.count || players?.slots !== shown?.slots;
  }
}

function isKnown(server: Server | undefined): boolean {
  return (server?.players ?? null) !== null;
}
