/** Answers of game servers, reduced to believable values. All texts come from strangers. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { markTwins, plainName, type PlainName } from '../../bridge/players/plain-name.js';
import { QueryFailure } from '../base/query-ports.js';

export interface QueriedPlayer extends PlainName {
  /** For how long the player has been connected; null if the game does not say. */
  readonly seconds: number | null;
  /** null if the game does not say. */
  readonly pingMs: number | null;
}

export interface QueryAnswer {
  /** Players without bots; null if the game does not say. */
  readonly players: number | null;
  readonly slots: number | null;
  readonly bots: number;
  /**
   * Players by name; null if the game hides them. May be fewer than `players` (Minecraft names at most 12), and may hold
   * bots if there are any, because Source does not distinguish the two.
   */
  readonly names: readonly QueriedPlayer[] | null;
  readonly version: string | null;
  /** Name of the server as its players see it. */
  readonly title: string | null;
  readonly map: string | null;
  /** Whether players need a password to get in; null if the game does not say. */
  readonly hasPassword: boolean | null;
  /** The port on which the game says that players connect; missing if the game does not say. */
  readonly gamePort?: number;
  /** The answer is at least as new as this monotonic time; missing if the answer has just come. */
  readonly toldAt?: number;
  /** Protocol, address and port of the game; missing if a proxy of the user looks up the name. */
  readonly from?: string;
  /** Time from the question to the answer. Too long if the first datagram was lost. */
  readonly pingMs: number;
}

/** More players than any game server has. A higher figure counts as unknown. */
const mostPlayers = 100_000;
/** Most names that Perch reads of one answer. */
const mostNames = 1000;

/** A figure of the answer; null if no server can have it. */
export function countOf(value: number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  return Number.isInteger(value) && value >= 0 && value <= mostPlayers ? value : null;
}

/** A figure that the server sends as digits; null for other texts. */
export function countOfText(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? countOf(Number(text)) : null;
}

/** A text of the answer as one line; null if the text has no visible character. */
export function textOf(text: string | null | undefined, max = 200): string | null {
  return oneLine(text ?? '', max) || null;
}

/** Players by name. Players without a name are still connecting, or the game hides names. */
export function playersOf(
  players: readonly { name: string; seconds?: number | null; pingMs?: number | null }[],
): QueriedPlayer[] {
  const named = players.slice(0, mostNames).flatMap(({ name, seconds = null, pingMs = null }) => {
    const plain = plainName(name);
    return plain === null ? [] : [{ ...plain, seconds: durationOf(seconds), pingMs: durationOf(pingMs) }];
  });
  return markTwins(named);
}

function durationOf(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && value >= 0 && value < 1e9 ? Math.round(value) : null;
}

/** The answer breaks the protocol. */
export class NonsenseFailure extends QueryFailure {
  constructor(what: string) {
    super('nonsense', what);
    this.name = 'NonsenseFailure';
  }
}
