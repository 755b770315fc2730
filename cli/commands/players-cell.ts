import type { RemotePlayers } from '../../bridge/schema/remote-entities.js';
import { duration } from '../../bridge/text/duration.js';
import { playersPerSlots } from '../../bridge/text/player-figures.js';
import { say } from '../../messages/messages.js';
import type { Cell } from '../table.js';

/** The number of players with its source and age, for a table: `12/40 (game, 8 s)`, `3 (console)`; empty if unknown. */
export function playersCell(players: RemotePlayers | null): Cell {
  if (players === null) return { text: '' };
  const { source, ageMs } = players;
  // A console reports each change, so its number has no age.
  const from =
    source === 'console'
      ? say('command-line.players-brief-console')
      : say(`command-line.players-brief-${source}`, { age: duration(ageMs) });
  return { text: `${playersPerSlots(players)} (${from})` };
}
