/** Appearance of a server in a list: mark, word, and whether its figures are current. */
import type { Account, Allocation, LastRun, Server, Usage } from '../../bridge/schema/domain.js';
import {
  conditionWord,
  serverMark,
  serverWord,
  stateWord,
  type ServerMark,
  type StateWord,
} from '../../bridge/fleet/marks.js';
import { measuredUsage } from '../../bridge/fleet/shares.js';
import { say } from '../../messages/messages.js';
import { hostAndPort } from '../../bridge/text/host-and-port.js';
import { ago } from '../ui/text/format.js';

export interface ServerLook {
  readonly mark: ServerMark;
  /** `running`, `stopping…`, `crashed 2 min ago`. */
  readonly word: string;
  /** The word without the age of the state, for narrow places. */
  readonly short: string;
  /** True if the server crashed, or went offline unobserved and not by Perch, and was not started since. */
  readonly ended: boolean;
  /** True if the process runs, so its figures are valid. */
  readonly measured: boolean;
  /**
   * True if the server is only known from an earlier run of Perch, or from before a pause of its panel: `running 12 min
   * ago`.
   */
  readonly isOfLastRun: boolean;
  /** Figures that were valid when measured; null = none. */
  readonly usage: Usage | null;
  /** Age of the figures; null while they are fresh. */
  readonly age: string | null;
}

/**
 * Age in ms up to which figures count as fresh. A live socket sends figures every second. Polling reads them at most
 * every 20 s (PROTOCOL trap 8). An account with many servers takes longer; its limit is 1.5 times a polling round.
 */
const freshLive = 10_000;
const freshPolled = 75_000;

export function serverLook(server: Server, account: Account | undefined, now: number): ServerLook {
  const mark = serverMark(server, account);
  const state = serverWord(server, account);
  const short = shortWord(stateWord(server, account), mark);
  const ended = mark === 'crashed' || isUnseenEnd(server, mark);
  const lastRun = mark === 'unknown' || mark === 'unread' ? (server.lastRun ?? null) : null;
  if (lastRun !== null) return lookOfLastRun(server, lastRun, { mark, state }, now);
  const usage = measuredUsage(server);
  const measured = usage !== null;
  const seenAt = server.lastSeenAt ?? null;
  if (seenAt !== null && mark !== 'unknown' && mark !== 'unread') {
    const age = ago(seenAt, now);
    const word = say('server.last-run', { word: state, ago: age });
    return { mark, word, short: word, ended, measured, isOfLastRun: true, usage, age };
  }
  return {
    mark,
    word: ended ? endedWord(server, mark, state, now) : mark === 'busy' ? short : state,
    short,
    ended,
    measured,
    isOfLastRun: false,
    usage,
    age: measured ? ageOf(server, account, now) : null,
  };
}

/** Word of a state in lists and counts. "Crashed, starting again" is too long there, and the mark shows the crash. */
export function listWord(word: StateWord): string {
  return word === 'starting-again' ? say('server.starting-again') : say(`states.${word}`);
}

function shortWord(word: StateWord, mark: ServerMark): string {
  return mark === 'busy' ? say('server.busy', { word: listWord(word) }) : listWord(word);
}

/** Appearance from an earlier run; word and figures carry their age. */
function lookOfLastRun(
  { condition }: Server,
  { at, state, usage }: LastRun,
  unread: Readonly<{ mark: ServerMark; state: string }>,
  now: number,
): ServerLook {
  const age = ago(at, now);
  const closed = conditionWord(condition);
  const last = closed ?? (state === null ? null : say(`states.${state}`));
  const word = last === null ? unread.state : say('server.last-run', { word: last, ago: age });
  const lived = closed === null && state !== null && state !== 'offline' && state !== 'crashed';
  return {
    mark: unread.mark,
    word,
    short: word,
    ended: false,
    measured: false,
    isOfLastRun: true,
    usage: lived ? usage : null,
    age,
  };
}

function isUnseenEnd({ crashedAt, crash }: Server, mark: ServerMark): boolean {
  return mark === 'offline' && crashedAt !== null && crash?.unseen !== undefined;
}

function endedWord({ crashedAt, power }: Server, mark: ServerMark, word: string, now: number): string {
  if (power === 'starting') return word;
  const since = ago(crashedAt ?? now, now);
  return mark === 'crashed'
    ? say('server.state-since', { word, ago: since })
    : say('server.went-offline', { ago: since });
}

function ageOf({ usage, link }: Server, account: Account | undefined, now: number): string | null {
  if (usage === null) return null;
  const round = Math.max(freshPolled, (account?.roundMs ?? 0) * 1.5);
  const fresh = link.kind === 'live' ? freshLive : round;
  return now - usage.at > fresh ? ago(usage.at, now) : null;
}

/** `203.0.113.10:25565`, or the alias; null for a server without an allocation. */
export function serverAddress({ allocations }: Pick<Server, 'allocations'>): string | null {
  const first = allocations[0];
  return first === undefined ? null : allocationAddress(first);
}

export function allocationAddress({ ip, alias, port }: Allocation): string {
  return hostAndPort(alias ?? ip, port);
}

/** Memory limit of the panel. Wings reports its own limit with an overhead (PROTOCOL trap 39). */
export function memoryLimit(server: Server): number | null {
  return server.limits.memoryBytes;
}
