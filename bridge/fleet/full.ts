import type { PlayersOnline } from '../schema/players.js';

/** Whether all places for players are taken; false if a figure is unknown. */
export function isFull(players: PlayersOnline | null | undefined): boolean {
  const slots = players?.slots ?? 0;
  return players !== null && players !== undefined && slots > 0 && players.count >= slots;
}
