/**
 * Decides since when a server is surely empty, and when Perch acts on it. Pure (PLAYERS "When empty").
 *
 * Silence never counts as "nobody": the time runs only while a trusted source says zero again and again.
 */
import { newProblem, type Problem } from '../../bridge/errors.js';
import { conditionBlock, powerBlock, powerPermission } from '../../bridge/panel/permissions.js';
import type { PowerSignal, Server } from '../../bridge/schema/domain.js';
import type { EmptyWait, EmptyWish } from '../../bridge/schema/when-empty.js';
import { sentence } from '../../messages/messages.js';
import { paceMs } from './asked-server.js';

/**
 * Longest time in ms between two zeros of one stretch: a question is lost once, and the next one is answered. A longer
 * gap begins the time anew, also a sleep of the computer.
 */
export const mostGapMs = 2 * paceMs + 10_000;
/** The console is told this long before Perch acts, in ms. */
export const noticeMs = 60_000;
/** Largest error in ms of the start of a process: panels keep figures for that long (PROTOCOL 2.3). */
const startErrorMs = 20_000;
const hourMs = 3_600_000;

/** A stretch of time without players: its first and its last zero. */
export interface EmptySpell {
  readonly since: number;
  readonly seenAt: number;
}

export type EmptyFacts = Pick<Server, 'power' | 'players' | 'usage' | 'link'>;

/** The stretch after a look at the server; null = the server is not known to be empty. */
export function nextSpell(spell: EmptySpell | null, server: EmptyFacts, now: number): EmptySpell | null {
  const at = zeroAt(server, now);
  if (at === null) return null;
  const isNew = spell === null || at - spell.seenAt > mostGapMs || isStartedAfter(server, spell.since);
  if (isNew) return { since: at, seenAt: at };
  return at > spell.seenAt ? { ...spell, seenAt: at } : spell;
}

/** When a trusted source last said that nobody is on; null = never, or too long ago. */
function zeroAt({ power, players = null, link }: EmptyFacts, now: number): number | null {
  if (power !== 'running' || players?.count !== 0) return null;
  switch (players.source) {
    case 'query':
      // A proxy in front of the game answers "0 of 0" while it cannot reach the game.
      return players.slots !== 0 && now - players.seenAt <= mostGapMs ? players.seenAt : null;
    case 'console':
      // A console reports each change, so its number is current while Perch reads along.
      return link.kind === 'live' ? now : null;
    case 'panel':
      // Nobody knows how old a number of the panel is.
      return null;
  }
}

/** When the process began, by its own figures; null = they do not say. */
function startOf({ usage }: Pick<EmptyFacts, 'usage'>): number | null {
  return usage === null || usage.uptimeMs <= 0 ? null : usage.at - usage.uptimeMs;
}

/** Whether the present process began after this time, by its own figures. */
export function isStartedAfter(server: Pick<EmptyFacts, 'usage'>, time: number): boolean {
  return (startOf(server) ?? -Infinity) > time + startErrorMs;
}

/** Whether the wish ends with one restart. */
export function isSingle(wish: EmptyWish): boolean {
  return wish.does === 'restart' && wish.everyHours === null;
}

/** What else the decision needs. */
export interface EmptyCircumstances {
  readonly spell: EmptySpell | null;
  /** When Perch first saw the present process run. */
  readonly runningSince: number | null;
  /** When Perch last sent the signal; -Infinity = never. */
  readonly sentAt: number;
  /** Whether a zero of this game means that nobody is on. */
  readonly isProven: boolean;
  readonly isBusy: boolean;
  /** Whether a permission or a state of the server forbids the signal. */
  readonly isBlocked: boolean;
}

/** `waits` = the time does not count; `counts` = Perch acts at `at` if nothing changes. */
export type EmptyDecision =
  { readonly kind: 'waits'; readonly why: EmptyWait } | { readonly kind: 'counts'; readonly at: number };

export function decide(wish: EmptyWish, server: EmptyFacts, facts: EmptyCircumstances): EmptyDecision {
  const { spell } = facts;
  if (facts.isBlocked) return waits('blocked');
  if (server.power === null) return waits('unknown');
  if (server.power !== 'running') return waits('not-running');
  if ((server.players?.count ?? 0) > 0) return waits('players');
  if (server.players?.source === 'query' && !facts.isProven) return waits('unproven');
  if (spell === null) return waits('unknown');
  if (facts.isBusy) return waits('busy');
  const emptyAt = spell.since + wish.minutes * 60_000;
  if (wish.does === 'stop' || wish.everyHours === null) return { kind: 'counts', at: emptyAt };
  const started = startOf(server) ?? facts.runningSince;
  if (started === null) return waits('unknown');
  // A panel may tell a wrong uptime, and Perch would restart the server again and again.
  const startedAt = Math.max(started, facts.sentAt);
  return { kind: 'counts', at: Math.max(emptyAt, startedAt + wish.everyHours * hourMs) };
}

function waits(why: EmptyWait): EmptyDecision {
  return { kind: 'waits', why };
}

/** Why the signal may not be sent to this server as it is; null = it may. */
export function blockOf(
  { condition, permissions }: Pick<Server, 'condition' | 'permissions'>,
  signal: PowerSignal,
): Problem | null {
  const message = powerBlock(signal, { condition, permissions, power: 'running' });
  if (message === null) return null;
  if (conditionBlock(condition) !== null)
    return { ...newProblem('conflict', message, sentence('actions.wait-or-ask')), condition };
  const permission = powerPermission(signal);
  return { ...newProblem('forbidden', message, sentence('panel.ask-owner', { permission })), permission };
}
