/**
 * Who gets a live session, who is polled, and how fast: pure, from what is known of one account's servers.
 */
import { conditionBlock } from '../../../bridge/permissions.js';
import type { Condition, Link } from '../../../bridge/domain.js';

/** Up to this many servers of one account all have a live session; above that only those with an open console. */
export const smallFleet = 25;
/** Polls take at most this share of the panel's limit: the user's browser tabs and other clients share it (PROTOCOL 3.4). */
const pollShare = 1 / 3;
/** The limit of panels 1.0.1 to 1.11, until the panel's own headers name another (PROTOCOL 3.4). */
const usualRateLimit = 720;
/** The panel caches usage for 20 s, so asking faster tells nothing new (PROTOCOL 2.3). */
const shortestIntervalMs = 30_000;
/** Part of the pace that stays free for reading single servers, even when polls take all they may. */
const spare = 1.1;

export interface WatchFacts {
  readonly id: string;
  readonly condition: Condition;
  readonly link: Link['kind'];
  /** A session exists, in whatever state. */
  readonly hasSession: boolean;
  readonly consoleOpen: boolean;
  readonly knowsPermissions: boolean;
}

export interface Pace {
  /** Between two requests. */
  readonly spacingMs: number;
  /** Between two polls of one server. */
  readonly intervalMs: number;
}

export interface WatchPlan {
  /** In the order in which sessions are to be opened. */
  readonly live: readonly string[];
  /** No session is wanted, or it was refused: polled at once. */
  readonly polled: readonly string[];
  /** A session is wanted but cut off for now: polled after a moment of grace. */
  readonly fallback: readonly string[];
  /** The panel has to be asked for the permissions, once; the list never names them (PROTOCOL D13). */
  readonly unread: readonly string[];
  readonly isSmall: boolean;
  readonly pace: Pace;
}

/** Requests per minute that polling may take. */
export function pollBudget(rateLimit: number | null): number {
  return Math.max(1, Math.floor((rateLimit ?? usualRateLimit) * pollShare));
}

export function planWatch(servers: readonly WatchFacts[], rateLimit: number | null): WatchPlan {
  const open = servers.filter((server) => conditionBlock(server.condition) === null);
  const isSmall = open.length <= smallFleet;
  const live = servers.filter((server) => wantsSession(server, isSmall));
  const isLive = new Set(live);
  // A session that was refused does not come back by itself, so a moment of grace gains nothing.
  const polled = open.filter((server) => !isLive.has(server) || server.link === 'refused');
  const fallback = open.filter((server) => isLive.has(server) && server.link === 'reconnecting');
  return {
    live: [...live].sort((a, b) => Number(b.consoleOpen) - Number(a.consoleOpen)).map(idOf),
    polled: polled.map(idOf),
    fallback: fallback.map(idOf),
    unread: [...polled, ...fallback].filter((server) => !server.knowsPermissions).map(idOf),
    isSmall,
    pace: paceOf(polled.length + fallback.length, rateLimit),
  };
}

/**
 * A blocked server gets no token (PROTOCOL 2.0), so nothing is opened for it; but a socket that already is there
 * lives on through an installation, restoration or transfer and tells about it (PROTOCOL 4.7), and an administrator
 * may even open one, which is tried for an open console.
 */
function wantsSession(server: WatchFacts, isSmall: boolean): boolean {
  if (conditionBlock(server.condition) === null) return isSmall || server.consoleOpen;
  return passing.has(server.condition) && (server.hasSession || server.consoleOpen);
}

/** Conditions that end by themselves. */
const passing: ReadonlySet<Condition> = new Set(['installing', 'restoring', 'transferring']);

export function isPassing(condition: Condition): boolean {
  return passing.has(condition);
}

function paceOf(servers: number, rateLimit: number | null): Pace {
  const spacingMs = Math.ceil(60_000 / pollBudget(rateLimit));
  return { spacingMs, intervalMs: Math.max(shortestIntervalMs, Math.round(servers * spacingMs * spare)) };
}

function idOf(server: WatchFacts): string {
  return server.id;
}
