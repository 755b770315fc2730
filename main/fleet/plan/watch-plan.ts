/**
 * Plans the watching of one account: which servers get a session and in which order, which are polled, and how often.
 * Pure: depends on the known states of the servers, on the servers that the user looks at, and on the panel's limit.
 */
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { Condition, Link } from '../../../bridge/schema/domain.js';
import { placesFor, pollShare, type Places, type WatchBudget } from './places.js';

/** The panel caches usage for 20 s, so a shorter interval brings nothing new (PROTOCOL 2.3). */
const shortestIntervalMs = 20_000;
const restIntervalMs = 30_000;
/** Largest part of the polls for needed servers. */
const neededPart = 3 / 4;
/** Ms for which a new session keeps its place against everything but an open console, because its token cost a call. */
const youngMs = 5 * 60_000;

export interface WatchFacts {
  readonly id: string;
  readonly condition: Condition;
  readonly link: Link['kind'];
  /** True if the panel's rate limit names the time of the next token request. */
  readonly waitsForToken: boolean;
  /** Monotonic time at which the session was opened, in whatever state; null without a session. */
  readonly sessionSince: number | null;
  /** True if the server crashed or a signal of the user is pending. */
  readonly isAlerting: boolean;
  /** From the last known state; false if unknown. */
  readonly isRunning: boolean;
  readonly knowsPermissions: boolean;
}

/** Servers that the user looks at or has pinned. */
export interface UserFocus {
  /** True if the server's console is open. */
  isOpen(serverId: string): boolean;
  isPinned(serverId: string): boolean;
  /** True if a window shows the server. */
  isVisible(serverId: string): boolean;
}

interface PollPaces {
  /** Ms between two polls of a needed server. */
  readonly neededMs: number;
  readonly restMs: number;
}

export interface WatchPlan {
  /** Servers with a session, in the order of opening. */
  readonly live: readonly string[];
  /** Servers without a session, now or for a while: polled at once, needed servers first. */
  readonly polled: readonly string[];
  /** Servers whose session is lost or not yet live: polled after a grace time. */
  readonly fallback: readonly string[];
  /** Servers whose permissions must be read once, because the list never has them (PROTOCOL D13). */
  readonly unread: readonly string[];
  /** Servers that come first in opening, polling and renewal. */
  readonly needed: ReadonlySet<string>;
  readonly places: Places;
  readonly paces: PollPaces;
}

const needs = ['open', 'pinned', 'alerting', 'visible', 'running', 'rest'] as const;
type Need = (typeof needs)[number];

interface Candidate {
  readonly server: WatchFacts;
  readonly need: number;
  /** Rank among servers that want a session; smaller is stronger. */
  readonly claim: number;
}

export function planWatch(
  servers: readonly WatchFacts[],
  looking: UserFocus,
  budget: WatchBudget,
  now: number,
): WatchPlan {
  const candidates = servers.map((server) => candidate(server, looking, now)).sort(byNeed);
  const wanted = wantedOf(candidates, budget);
  const places = placesFor(wanted.length, budget);
  const live = new Set(chosen(wanted, places));
  const open = candidates.filter(({ server }) => conditionBlock(server.condition) === null);
  const polled = open.filter(({ server }) => !live.has(server.id) || isHeldUp(server));
  const fallback = open.filter(({ server }) => live.has(server.id) && isComing(server) && !isHeldUp(server));
  const cutOff = fallback.filter(({ server }) => server.link === 'reconnecting');
  const needed = new Set(candidates.filter(isNeeded).map(idOf));
  // A refused session has no renewals.
  const renewing = wanted.filter(({ server }) => live.has(server.id) && server.link !== 'refused').length;
  return {
    live: candidates.map(idOf).filter((id) => live.has(id)),
    polled: polled.map(idOf),
    fallback: fallback.map(idOf),
    // The other servers wait for a token, which brings their permissions.
    unread: [...polled, ...cutOff].filter(({ server }) => !server.knowsPermissions).map(idOf),
    needed,
    places,
    paces: pacesOf([...polled, ...fallback], pollShare(budget.rateLimit, renewing)),
  };
}

/**
 * Servers that want a session.
 * Some servers would keep a session that they have, but would not open a new one. Without a place the plan leaves such
 * a server out, so that it does not count among the servers that wait for a place.
 */
function wantedOf(candidates: readonly Candidate[], budget: WatchBudget): Candidate[] {
  const wanted = candidates.filter(({ server, need }) => wantsSession(server, need));
  const live = new Set(chosen(wanted, placesFor(wanted.length, budget)));
  return wanted.filter(
    ({ server, need }) => live.has(server.id) || wantsSession({ ...server, sessionSince: null }, need),
  );
}

/** The session will not come back soon, so a grace time is useless. */
function isHeldUp({ link, waitsForToken }: WatchFacts): boolean {
  return link === 'refused' || waitsForToken;
}

function isComing({ link }: WatchFacts): boolean {
  return link === 'reconnecting' || link === 'connecting';
}

function candidate(server: WatchFacts, looking: UserFocus, now: number): Candidate {
  const need = needs.indexOf(needOf(server, looking));
  return { server, need, claim: claimOf(server, need, now) };
}

function needOf(server: WatchFacts, looking: UserFocus): Need {
  if (looking.isOpen(server.id)) return 'open';
  if (looking.isPinned(server.id)) return 'pinned';
  if (server.isAlerting) return 'alerting';
  if (looking.isVisible(server.id)) return 'visible';
  return server.isRunning ? 'running' : 'rest';
}

/**
 * Rank of a server for a live place; smaller = first. A session counts as at least `running`, in its first minutes as at
 * least `pinned`, and ranks before servers of the same need without a session.
 */
function claimOf({ sessionSince }: WatchFacts, need: number, now: number): number {
  if (sessionSince === null) return need;
  const isYoung = now - sessionSince < youngMs;
  return Math.min(need, needs.indexOf(isYoung ? 'pinned' : 'running')) - 0.5;
}

/** Open consoles always get a place; the others share the rest. */
function chosen(wanted: readonly Candidate[], { opened, kept }: Places): string[] {
  if (wanted.length <= opened) return wanted.map(idOf);
  const open = wanted.filter(({ need }) => need === 0);
  const others = wanted.filter(({ need }) => need !== 0).sort((a, b) => a.claim - b.claim);
  return [
    ...open,
    ...others.filter(({ server }, place) => {
      const limit = server.sessionSince === null ? opened : kept;
      return place < limit - open.length;
    }),
  ].map(idOf);
}

/**
 * Whether a server wants a session.
 * A blocked server gets no token (PROTOCOL 2.0), so no session is opened. An existing socket stays open during an
 * installation, restoration or transfer and reports its progress (PROTOCOL 4.7). Administrators may get a token even
 * then, which is tried for an open console.
 */
function wantsSession(server: WatchFacts, need: number): boolean {
  if (conditionBlock(server.condition) === null) return true;
  return passing.has(server.condition) && (server.sessionSince !== null || need === 0);
}

/** Conditions that end without action. */
const passing: ReadonlySet<Condition> = new Set(['installing', 'restoring', 'transferring']);

export function isPassing(condition: Condition): boolean {
  return passing.has(condition);
}

/** Needed servers are polled first; the others share the remaining calls. */
function pacesOf(asked: readonly Candidate[], perMinute: number): PollPaces {
  const needed = asked.filter(isNeeded).length;
  const rest = asked.length - needed;
  const neededMs = Math.max(shortestIntervalMs, intervalOf(needed, perMinute * (rest > 0 ? neededPart : 1)));
  const left = perMinute - (needed * 60_000) / neededMs;
  return { neededMs, restMs: Math.max(restIntervalMs, intervalOf(rest, left)) };
}

function intervalOf(servers: number, perMinute: number): number {
  return servers === 0 ? 0 : Math.ceil((servers * 60_000) / perMinute);
}

function byNeed(a: Candidate, b: Candidate): number {
  return a.need - b.need;
}

function isNeeded({ need }: Candidate): boolean {
  return need <= needs.indexOf('visible');
}

function idOf({ server }: Candidate): string {
  return server.id;
}
