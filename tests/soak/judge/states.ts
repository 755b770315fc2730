import { wakingBefore, type ServerRecord, type Transcript, type Violation } from '../transcript.js';

type Found = Omit<Violation, 'rule'>;

/** Maximum age of news when shown, in ms: panel cache, slow answers, and data held back by a cut connection. */
const lagMs = 60_000;
/** How long a green mark may be wrong, in ms. */
const wrongMs = 45_000;

/**
 * Each shown state was true at some time, and these times are in order. A state that ended before the previously shown
 * state began is reported too late.
 */
export function newsIsInOrder(transcript: Transcript): Found[] {
  return [...transcript.servers.values()].flatMap((server) => outOfOrder(server, transcript) ?? []);
}

function outOfOrder(server: ServerRecord, transcript: Transcript): Found | null {
  let earliest = 0;
  let last: string | null = null;
  for (const { at, power, mark } of server.shown) {
    // The first state of a new run may come from the panel's cache and be older than the last state of the previous
    // run.
    if (mark === 'closed') [earliest, last] = [0, null];
    if (power === null || power === last) continue;
    const from = Math.max(earliest, wakingBefore(transcript, at, lagMs));
    const when = server.states.firstWithin(power, from, at);
    if (when === null) {
      const truth = server.states.at(at);
      return {
        at,
        about: server.id,
        what: `told ${power} after ${last ?? 'nothing'}, while it was ${truth}`,
      };
    }
    earliest = when;
    last = power;
  }
  return null;
}

/** A green mark is never wrong for longer than the limit while the computer is awake. */
export function greenIsTrue(transcript: Transcript): Found[] {
  return [...transcript.servers.values()].flatMap((server) => wronglyGreen(server, transcript) ?? []);
}

function wronglyGreen(server: ServerRecord, transcript: Transcript): Found | null {
  for (const [index, shown] of server.shown.entries()) {
    if (shown.mark !== 'running') continue;
    const until = server.shown[index + 1]?.at ?? transcript.ms;
    for (const wrong of wrongSpans(server, shown.at, until)) {
      if (wakingBefore(transcript, wrong.to, wrongMs) > wrong.from) {
        const seconds = Math.round((wrong.to - wrong.from) / 1000);
        return { at: wrong.to, about: server.id, what: `green for ${seconds} s while it did not run` };
      }
    }
  }
  return null;
}

/** Periods without a running process. A server that is no longer listed does not run. */
function wrongSpans({ states }: ServerRecord, from: number, to: number): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const [index, span] of states.spans.entries()) {
    const end = states.spans[index + 1]?.at ?? Infinity;
    if (span.value === 'running' || end <= from || span.at >= to) continue;
    const last = found.at(-1);
    const [begin, over] = [Math.max(from, span.at), Math.min(to, end)];
    if (last?.to === begin) last.to = over;
    else found.push({ from: begin, to: over });
  }
  return found;
}
