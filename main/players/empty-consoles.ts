/**
 * Announces a stop or restart of an empty server in the server's console (PLAYERS "When empty").
 *
 * Nobody is on, so Perch acts also if a message gets lost.
 */
import { isGranted } from '../../bridge/panel/permissions.js';
import { broadcastCommand } from '../../bridge/players/broadcasts.js';
import { sayingCommand } from '../../bridge/settings/warning.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';

export interface EmptyConsolesDeps {
  readonly clock: Clock;
  readonly store: Pick<FleetStore, 'state'>;
  /** Rejects with `PerchError`. */
  sendCommand(serverId: string, command: string): Promise<unknown>;
}

export class EmptyConsoles {
  readonly #onTheWay = new Set<Promise<void>>();

  constructor(private readonly deps: EmptyConsolesDeps) {}

  /** Never rejects. */
  async tell(serverId: string, text: string): Promise<void> {
    const server = this.deps.store.state.servers.get(serverId);
    if (server?.power !== 'running' || !isGranted(server.permissions, 'control.console')) return;
    const { game = null } = server;
    // Only the game's own command: a page may change the command of the warnings, and this message needs no press.
    const command = sayingCommand(broadcastCommand(game), text, game);
    const sent = this.deps.sendCommand(serverId, command).then(
      () => undefined,
      () => undefined,
    );
    this.#onTheWay.add(sent);
    await sent;
    this.#onTheWay.delete(sent);
  }

  /** Resolves when every message has arrived or was refused, after `ms` at the latest. */
  async settled(ms: number): Promise<void> {
    if (this.#onTheWay.size === 0) return;
    await new Promise<void>((resolve) => {
      const cancel = this.deps.clock.after(ms, resolve);
      void Promise.all(this.#onTheWay).then(() => {
        cancel();
        resolve();
      });
    });
  }
}
