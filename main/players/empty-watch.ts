/** A wish for an empty server in the form for windows, from the state of its rule (PLAYERS "When empty"). Pure. */
import type { Problem } from '../../bridge/errors.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { EmptyWait, EmptyWatch, EmptyWish } from '../../bridge/schema/when-empty.js';
import type { Lane } from '../rules/rule-state.js';
import { hoursOf, noticeMs } from './empty-rule.js';

const minuteMs = 60_000;
const hourMs = 3_600_000;

export interface EmptyFacts {
  readonly server: Pick<Server, 'id' | 'power' | 'players'>;
  readonly wish: EmptyWish;
  /** undefined = the rule has not looked at the server. */
  readonly lane: Pick<Lane, 'run' | 'held'> | undefined;
  /** Why the signal may not be sent; null = it may. */
  readonly block: Problem | null;
  /** Why the last run did not act; null = it did, or had no reason. */
  readonly problem: Problem | null;
  /** Whether a zero of this game means that nobody is on. */
  readonly isProven: boolean;
  readonly isBusy: boolean;
  /** Since when the process has run; null = unknown. */
  readonly ranSince: number | null;
}

type Shown = Omit<EmptyWatch, 'times'>;

export function emptyWatch(facts: EmptyFacts): Shown {
  const { server, lane, block, problem } = facts;
  const mayRun = server.power === 'running' || server.power === null;
  const { run = null, held } = lane ?? {};
  const common = { serverId: server.id, why: null, problem: block };
  if (run !== null) {
    const dueAt = (held?.firedAt ?? 0) + noticeMs;
    const isPaused = run.phase === 'paused' && run.steps.at(-1)?.kind === 'delay';
    const isNotice = isPaused || run.steps.at(-1)?.kind === 'warn';
    return { ...common, phase: isNotice ? 'warned' : 'asks', at: isPaused ? run.until : dueAt };
  }
  if (mayRun && held !== undefined && held.firedAt !== null) return { ...common, phase: 'sent', at: null };
  const next = nextOf(facts);
  if ('why' in next) return { ...common, phase: 'waits', why: next.why, at: null, problem: block ?? problem };
  return { ...common, phase: 'counts', at: next.at, problem };
}

/** When Perch acts if nothing changes, or why the time does not count. */
function nextOf(facts: EmptyFacts): { readonly at: number } | { readonly why: EmptyWait } {
  const { server, wish, lane, block, isProven, isBusy, ranSince } = facts;
  const { power, players = null } = server;
  const since = lane?.held.since ?? null;
  if (block !== null) return { why: 'blocked' };
  if (power === null) return { why: 'unknown' };
  if (power !== 'running') return { why: 'not-running' };
  if (players !== null && players.count > 0) return { why: 'players' };
  if (players?.source === 'query' && !isProven) return { why: 'unproven' };
  if (since === null) return { why: 'unknown' };
  if (isBusy) return { why: 'busy' };
  const emptyAt = since + wish.minutes * minuteMs;
  const hours = hoursOf(wish);
  if (hours === null) return { at: emptyAt };
  if (ranSince === null) return { why: 'unknown' };
  return { at: Math.max(emptyAt, ranSince + hours * hourMs + noticeMs) };
}
