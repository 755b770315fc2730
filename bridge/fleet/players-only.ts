import type { Change } from './changes.js';

/**
 * Whether a change tells players, or whether the game answers, and nothing else about a server. With a thousand servers
 * such changes come many times a second, because each answer of a game has a new time. Pure.
 */
export function isPlayersOnly(change: Change): boolean {
  if (change.kind !== 'server-patched') return false;
  const fields = Object.keys(change.patch);
  return fields.length > 0 && fields.every((field) => field === 'players' || field === 'reach');
}
