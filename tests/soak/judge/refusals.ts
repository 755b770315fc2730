import type { Transcript, Violation } from '../transcript.js';

/** Limit for the send of a click in ms: Perch first reads the server, which a slow panel delays by 20 s. */
const clickMs = 31_000;

/**
 * The panel never refuses Perch for too many requests. Exception: a click is always sent, so it may get one refusal for
 * the server's token limit.
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
