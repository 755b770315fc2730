import type { Change } from './changes.js';

/** Fields of a server that follow its usage and the answers of its game. */
const figures: ReadonlySet<string> = new Set(['near', 'players', 'reach']);

/**
 * Whether a change contains only figures of a server. With a thousand servers such changes come hundreds of times a
 * second: each measurement is a change, and each answer of a game has a new time. Pure.
 */
export function isFiguresOnly(change: Change): boolean {
  if (change.kind === 'usage') return true;
  return change.kind === 'server-patched' && Object.keys(change.patch).every((field) => figures.has(field));
}
