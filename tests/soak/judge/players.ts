/** Rules about players: numbers, "empty again", silent games, and how often Perch asks. */
import { wakingBefore, type ShownCount, type Transcript, type Violation } from '../transcript.js';
import { isDisturbed } from './surroundings.js';

type Found = Omit<Violation, 'rule'>;
type Game = NonNullable<ReturnType<Transcript['players']['games']['get']>>;

/** Longest time of a question in ms, so also the longest way of an answer. */
const questionMs = 8000;
/** An answer counts for this long, and Perch looks at all servers once a second. */
const answerCountsMs = 3 * 60_000 + 2000;
/** Changes of a row within this time are one change for windows. */
const togetherMs = 30;
/** Shortest time between two questions to a game, in sight of the person and elsewhere. */
const pace = { inSight: 15_000, elsewhere: 60_000 };
/** Perch reads its clock in whole ms. */
const roundingMs = 2;
/** Perch reports an empty server after this time without players. */
const emptyForMs = 60_000;
/** A game counts as silent after this time without an answer. */
const silentMs = 180_000;
/** A game that answers for this long answers a question. */
const answersWithinMs = 75_000;

/** A shown number was true when the game told it, and is not shown for longer than an answer counts. */
export function countsAreTrue(transcript: Transcript): Found[] {
  const { counts, games } = transcript.players;
  return [...counts].flatMap(([serverId, shown]) => {
    const game = games.get(serverId);
    if (game === undefined) return [];
    return shown.flatMap((one, index) => {
      const what = faultOf(one, { game, until: shown[index + 1]?.at ?? transcript.ms, transcript });
      return what === null ? [] : [{ at: one.at, about: serverId, what }];
    });
  });
}

function faultOf(
  { count, seenAt, at, power }: ShownCount,
  { game, until, transcript }: { game: Game; until: number; transcript: Transcript },
): string | null {
  if (count === null) return null;
  if (power !== 'running')
    return until - at > togetherMs ? `${count} players of a server that does not run` : null;
  if (game.players.firstWithin(count, seenAt - questionMs, seenAt) === null)
    return `${count} players, and never had so many at that time`;
  if (seenAt < wakingBefore(transcript, until, answerCountsMs)) {
    return `${count} players, shown for ${Math.round((until - seenAt) / 1000)} s`;
  }
  return at < seenAt ? `${count} players, told in the future` : null;
}

/** Perch reports no server as empty that had players all the time. */
export function emptyIsTrue(transcript: Transcript): Found[] {
  const { entries, games } = transcript.players;
  return entries.flatMap(({ at, serverId, kind }) => {
    const game = games.get(serverId);
    if (kind !== 'players-gone' || game === undefined) return [];
    const from = wakingBefore(transcript, at, emptyForMs + questionMs);
    if (game.players.firstWithin(0, from, at) !== null) return [];
    return [{ at, about: serverId, what: `empty again, with ${game.players.at(at)} players all the time` }];
  });
}

/** Perch asks no game more often than its pace, unless Perch was restarted in between. */
export function questionsArePaced({ players, restarts }: Transcript): Found[] {
  const last = new Map<string, number>();
  return players.questions.flatMap(({ at, serverId, isInSight }) => {
    const before = last.get(serverId);
    last.set(serverId, at);
    if (before === undefined || restarts.some(({ from, to }) => from <= at && to >= before)) return [];
    const least = isInSight ? pace.inSight : pace.elsewhere;
    if (at - before >= least - roundingMs) return [];
    return [{ at, about: serverId, what: `asked again after ${((at - before) / 1000).toFixed(1)} s` }];
  });
}

/**
 * Perch reports a game as silent only if it could not answer for most of three minutes. The time starts again after
 * sleep, after a network that the system knew to be gone, and after a start of Perch.
 */
export function silenceIsTrue(transcript: Transcript): Found[] {
  const { sleeps, restarts, troubles, servers, players } = transcript;
  const away = [...sleeps, ...restarts, ...troubles.filter(({ kind }) => kind === 'cable out')];
  return players.entries.flatMap(({ at, serverId, kind }) => {
    const [game, server] = [players.games.get(serverId), servers.get(serverId)];
    if (kind !== 'game-silent' || game === undefined || server === undefined) return [];
    const from = at - silentMs + roundingMs;
    const gap = away.find((one) => one.to > from && one.from <= at);
    if (gap !== undefined) return [{ at, about: serverId, what: 'silent too soon after a gap' }];
    if (isDisturbed(from, at, server, transcript) || !isAnswering(game, from, at)) return [];
    return [{ at, about: serverId, what: 'silent, although it answered' }];
  });
}

/** Whether a game that runs had an open way for long enough to answer a question. */
function isAnswering({ blocked }: Game, from: number, to: number): boolean {
  const edges = [from, ...blocked.spans.map(({ at }) => at).filter((at) => at > from && at < to), to];
  return edges.some((at, index) => !blocked.at(at) && (edges[index + 1] ?? to) - at > answersWithinMs);
}
