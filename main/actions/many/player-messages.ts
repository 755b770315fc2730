/** Messages to the players of a server with a warned restart, sent as console commands. */
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

/** Tells the players that the restart is cancelled. Returns the problem if the message could not be sent. */
export function tellCancellation(deps: PlayerMessagesDeps, countdown: Countdown): Promise<Problem | null> {
  return tellPlayers(deps, countdown, say('warned.called-off'));
}

/** Returns the problem if the message could not be sent. */
export function tellPlayers(
  deps: PlayerMessagesDeps,
  countdown: Countdown,
  text: string,
): Promise<Problem | null> {
  return sendToPlayers(deps, countdown, text).then(() => null, toProblem);
}

/** Rejects with `PerchError` if the message could not be sent. */
export async function sendToPlayers(
  { clock, store, sendCommand }: PlayerMessagesDeps,
  countdown: Countdown,
  text: string,
): Promise<void> {
  const { shown, warning } = countdown;
  const saidAt = clock.now();
  countdown.saidAt = saidAt;
  try {
    const game = store.state.servers.get(shown.serverId)?.game ?? null;
    await sendCommand(shown.serverId, sayingCommand(warning.command, text, game));
  } catch (error) {
    // The caller reports this error, so the message no longer counts as possibly lost.
    if (countdown.saidAt === saidAt) countdown.saidAt = null;
    throw error;
  }
}
