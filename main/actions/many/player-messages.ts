import { toProblem, type Problem } from '../../../bridge/errors.js';
import { sayingCommand } from '../../../bridge/settings/warning.js';
import { say } from '../../../messages/messages.js';
import type { Clock } from '../../base/ports.js';
import type { FleetStore } from '../../fleet/store.js';
import type { Countdown } from './countdown.js';

export interface PlayerMessagesDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly clock: Clock;
  sendCommand(serverId: string, command: string): Promise<unknown>;
}

/** Messages to the players of a server with a warned restart, sent as console commands. */
export class PlayerMessages {
  readonly #deps: PlayerMessagesDeps;

  constructor(deps: PlayerMessagesDeps) {
    this.#deps = deps;
  }

  /** Tells the players that the restart is cancelled. Returns the problem if the message could not be sent. */
  calledOff(countdown: Countdown): Promise<Problem | null> {
    return this.tell(countdown, say('warned.called-off'));
  }

  /** Returns the problem if the message could not be sent. */
  async tell(countdown: Countdown, text: string): Promise<Problem | null> {
    try {
      await this.send(countdown, text);
      return null;
    } catch (error) {
      return toProblem(error);
    }
  }

  /** Rejects with `PerchError` if the message could not be sent. */
  async send(countdown: Countdown, text: string): Promise<void> {
    const { shown, warning } = countdown;
    const saidAt = this.#deps.clock.now();
    countdown.saidAt = saidAt;
    try {
      const command = sayingCommand(
        warning.command,
        text,
        this.#deps.store.state.servers.get(shown.serverId)?.game ?? null,
      );
      await this.#deps.sendCommand(shown.serverId, command);
    } catch (error) {
      // The caller reports this error, so the message no longer counts as possibly lost.
      if (countdown.saidAt === saidAt) countdown.saidAt = null;
      throw error;
    }
  }
}
