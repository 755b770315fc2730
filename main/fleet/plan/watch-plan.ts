/**
 * Who has a live session, in which order they are opened, who is polled, and how fast: pure, from what is known of one
 * account's servers, what the person looks at, and what the panel allows.
 */
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import type { Condition, Link } from '../../../bridge/schema/domain.js';
import { placesFor, pollShare, type Places, type WatchBudget } from './places.js';

/** The panel caches usage for 20 s, so asking faster tells nothing new (PROTOCOL 2.3). */
const shortestIntervalMs = 20_000;
const restIntervalMs = 30_000;
/** What is looked at takes at most this part of the polls. */
const neededPart = 3 / 4;
/** A session that is younger gives its place up for an open console only: its token has just been paid for. */
const youngMs = 5 * 60_000;

export interface WatchFacts {
  readonly id: string;
  readonly condition: Condition;
  readonly link: Link['kind'];
  /** It is to ask for a token at a time that the panel's limit names, and not before. */
  readonly waitsForToken: boolean;
  /** When its session was opened, in whatever state that is; null without one. */
  readonly sessionSince: number | null;
  /** It has crashed, or a signal of the person is on its way. */
  readonly isAlerting: boolean;
  /** As far as is known. */
  readonly isRunning: boolean;
  readonly knowsPermissions: boolean;
}

/** What the person looks at, or wants to have in sight. */
export interface Looking {
  /** Its console is open. */
  isOpen(serverId: string): boolean;
  isPinned(serverId: string): boolean;
  /** It is shown in a window. */
  isVisible(serverId: string): boolean;
}

interface PollPaces {
  /** Between two polls of a server that is needed. */
  readonly neededMs: number;
  readonly restMs: number;
}

export interface WatchPlan {
  /** In the order in which sessions are to be opened. */
  readonly live: readonly string[];
  /** No session is wanted, or none can be there for a while: polled at once. The most needed come first. */
  readonly polled: readonly string[];
  /** A session is wanted but cut off, or still waits for its first token: polled after a moment of grace. */
  readonly fallback: readonly string[];
  /** The panel has to be asked for the permissions, once; the list never names them (PROTOCOL D13). */
  readonly unread: readonly string[];
  /** Opened, asked for and renewed before the rest. */
  readonly needed: ReadonlySet<string>;
  readonly places: Places;
  readonly paces: PollPaces;
}

const needs = ['open', 'pinned', 'alerting', 'visible', 'running', 'rest'] as const;
type Need = (typeof needs)[number];

interface Candidate {
  readonly server: WatchFacts;
  readonly need: number;
  /** Its place among those who want one. */
  readonly claim: number;
}

export function planWatch(
  servers: readonly WatchFacts[],
  looking: Looking,
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
  // One that was refused renews nothing.
  const renewing = wanted.filter(({ server }) => live.has(server.id) && server.link !== 'refused').length;
  return {
    live: candidates.map(idOf).filter((id) => live.has(id)),
    polled: polled.map(idOf),
    fallback: fallback.map(idOf),
    // The token that the others wait for tells them.
    unread: [...polled, ...cutOff].filter(({ server }) => !server.knowsPermissions).map(idOf),
    needed,
    places,
    paces: pacesOf([...polled, ...fallback], pollShare(budget.rateLimit, renewing)),
  };
}

/**
 * Those that want a session, but for those that want the one they have, and lose it: without it they want none, so they
 * take no part in what there are places for.
 */
function wantedOf(candidates: readonly Candidate[], budget: WatchBudget): Candidate[] {
  const wanted = candidates.filter(({ server, need }) => wantsSession(server, need));
  const live = new Set(chosen(wanted, placesFor(wanted.length, budget)));
  return wanted.filter(
    ({ server, need }) => live.has(server.id) || wantsSession({ ...server, sessionSince: null }, need),
  );
}

/** Its session does not come back at once, so a moment of grace gains nothing. */
function isHeldUp({ link, waitsForToken }: WatchFacts): boolean {
  return link === 'refused' || waitsForToken;
}

function isComing({ link }: WatchFacts): boolean {
  return link === 'reconnecting' || link === 'connecting';
}

function candidate(server: WatchFacts, looking: Looking, now: number): Candidate {
  const need = needs.indexOf(needOf(server, looking));
  return { server, need, claim: claimOf(server, need, now) };
}

function needOf(server: WatchFacts, looking: Looking): Need {
  if (looking.isOpen(server.id)) return 'open';
  if (looking.isPinned(server.id)) return 'pinned';
  if (server.isAlerting) return 'alerting';
  if (looking.isVisible(server.id)) return 'visible';
  return server.isRunning ? 'running' : 'rest';
}

/** The smaller, the more it holds or gets a place: who has one is not put out for an equal, nor while it is young. */
function claimOf({ sessionSince }: WatchFacts, need: number, now: number): number {
  if (sessionSince === null) return need;
  const isYoung = now - sessionSince < youngMs;
  return Math.min(need, needs.indexOf(isYoung ? 'pinned' : 'running')) - 0.5;
}

/** Open consoles always have a place; the others as far as there are any. */
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
 * A blocked server gets no token (PROTOCOL 2.0), so nothing is opened for it; but a socket that already is there
 * lives on through an installation, restoration or transfer and tells about it (PROTOCOL 4.7), and an administrator
 * may even open one, which is tried for an open console.
 */
function wantsSession(server: WatchFacts, need: number): boolean {
  if (conditionBlock(server.condition) === null) return true;
  return passing.has(server.condition) && (server.sessionSince !== null || need === 0);
}

/** Conditions that end by themselves. */
const passing: ReadonlySet<Condition> = new Set(['installing', 'restoring', 'transferring']);

export function isPassing(condition: Condition): boolean {
  return passing.has(condition);
}

/** Those that are needed are asked first; the rest shares what they leave. */
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
