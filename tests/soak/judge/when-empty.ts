/** Rule about signals to empty servers. */
import type { Transcript, Violation } from '../transcript.js';

/** Longest time in ms from the answer "nobody" to the signal, with the way of the answer. */
const answerMs = 3000;
/** Somebody who stays for less than this may come and go between two answers. */
const unseenMs = 132_000;

/**
 * Perch sends a signal to an empty server only if nobody is on, nobody stayed long within the wished time, and the
 * process has run for that time.
 */
export function emptySignalsAreTrue({ players, servers }: Transcript): Omit<Violation, 'rule'>[] {
  return players.emptySignals.flatMap(({ at, serverId, minutes }) => {
    const [game, server] = [players.games.get(serverId), servers.get(serverId)];
    if (game === undefined || server === undefined) return [];
    const found = (what: string) => [{ at, about: serverId, what }];
    if (game.players.firstWithin(0, at - answerMs, at) === null)
      return found(`a signal to a server with ${game.players.at(at)} players`);
    const from = at - minutes * 60_000;
    if (longestStay(game.players.spans, from, at) > unseenMs) return found('a signal soon after players');
    const began = server.states.spans.findLast(({ value, at: since }) => value === 'starting' && since <= at);
    return began !== undefined && began.at > from ? found('a signal soon after a start') : [];
  });
}

/** Longest time with players between two times. */
function longestStay(
  spans: readonly { readonly at: number; readonly value: number }[],
  from: number,
  to: number,
): number {
  let longest = 0;
  let since: number | null = null;
  for (const [index, { at, value }] of spans.entries()) {
    const end = Math.min(spans[index + 1]?.at ?? to, to);
    if (end <= from || at >= to) continue;
    if (value === 0) since = null;
    else {
      since ??= Math.max(at, from);
      longest = Math.max(longest, end - since);
    }
  }
  return longest;
}
