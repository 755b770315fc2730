import type { Transcript, Violation } from '../transcript.js';

/** What a click sends has gone out by then: first the server is read anew, which a slow panel holds for 20 s. */
const clickMs = 31_000;

/**
 * Perch is never refused for asking too often. A click is sent whatever was sent before, because the panel decides: it
 * may be refused once, for the tokens of its server.
 */
export function refusalsAreAsked({ ownRefusals, asks }: Transcript): Omit<Violation, 'rule'>[] {
  const left = [...asks];
  return ownRefusals.flatMap(({ at, panel, scope, serverId }) => {
    const cause = left.findIndex((ask) => ask.serverId === serverId && ask.at <= at && at - ask.at < clickMs);
    if (cause !== -1) {
      left.splice(cause, 1);
      return [];
    }
    return [{ at, about: serverId ?? panel, what: `refused for asking too often (${scope})` }];
  });
}
