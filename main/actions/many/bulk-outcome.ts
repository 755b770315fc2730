/** What a bulk action makes of one server. Pure. */
import type { BulkItem, PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import { comeUpMs } from '../../../bridge/come-up.js';
import type { Problem } from '../../../bridge/errors.js';
import { bulkBlock, powerBlock } from '../../../bridge/panel/permissions.js';
import { sentence } from '../../../messages/messages.js';

const aims: Record<PowerSignal, PowerState> = {
  start: 'running',
  restart: 'running',
  stop: 'offline',
  kill: 'offline',
};
/** With a wrong done pattern a server stays `starting` for ever (PROTOCOL 4.6): after this long it has started. */
const startingMs = 60_000;
/** What became of a signal whose answer was lost may stay unknown for long: nobody waits for it longer than this. */
const doubtMs = 60_000;

/**
 * Why a server is passed over: it is where the signal would bring it, or nothing can be done with it now. What the key
 * may not do is no reason: that is a failure, which the person has to know.
 */
export function skipReason(server: Server, signal: PowerSignal): Problem | null {
  const message = powerBlock(signal, { ...server, permissions: null }) ?? bulkBlock(signal, server);
  if (message === null) return null;
  const { condition } = server;
  const closed = condition === 'normal' ? {} : { condition };
  return { code: 'conflict', message, next: sentence('actions.nothing-sent'), ...closed };
}

/** Why a server is left out of which nobody can tell whether it runs: a signal could do the opposite of what is wanted. */
export function notRead(why: Problem | null): Problem {
  const next = sentence('actions.nothing-sent');
  if (why === null) return { code: 'conflict', message: sentence('actions.state-unread'), next };
  return { code: why.code, message: sentence('actions.state-unread-why', { why: why.message }), next };
}

interface OutcomeFacts {
  readonly signal: PowerSignal;
  readonly sentAt: number;
  readonly now: number;
  /** Others wait until it runs: it has longer for that, but not for ever. */
  readonly waitsForEach?: boolean;
}

/** The item as it is now, with its signal sent at `sentAt`. */
export function outcomeOf(
  item: BulkItem,
  server: Server | undefined,
  { signal, sentAt, now, waitsForEach = false }: OutcomeFacts,
): BulkItem {
  if (server === undefined) return { ...item, outcome: 'failed', problem: gone };
  const aim = aims[signal];
  const isLate = waitsForEach && aim === 'running' && now - sentAt >= comeUpMs;
  // Nothing is decided while it is pending: a restart is seen running before it has begun.
  if (server.pending !== null) {
    const isStuck = server.pending.doubt === 'lost' && now - sentAt >= doubtMs;
    if (isStuck) return { ...item, outcome: 'unknown', problem: server.problem ?? unknown };
    return isLate ? { ...item, outcome: 'failed', problem: notUp } : item;
  }
  if (server.power === aim) return { ...item, outcome: 'done', problem: null };
  if (aim === 'running' && server.power === 'starting') {
    if (isLate) return { ...item, outcome: 'failed', problem: notUp };
    return waitsForEach || now - sentAt < startingMs ? item : { ...item, outcome: 'done', problem: null };
  }
  const lostAnswer = item.problem?.maybeDone === true ? item.problem : null;
  const problem = server.problem ?? lostAnswer ?? notReached(server, aim);
  return { ...item, outcome: problem.maybeDone === true ? 'unknown' : 'failed', problem };
}

function notReached({ power }: Server, aim: PowerState): Problem {
  if (aim === 'running' && power === 'offline') {
    return {
      code: 'conflict',
      message: sentence('actions.ended-again'),
      next: sentence('actions.look'),
    };
  }
  if (power === null) return unknown;
  return {
    code: 'timeout',
    message: sentence(`actions.still-${power}`),
    next: sentence('actions.look-again'),
  };
}

const notUp: Problem = {
  code: 'timeout',
  message: sentence('actions.not-up', { minutes: comeUpMs / 60_000 }),
  next: sentence('actions.look-again'),
};

const unknown: Problem = {
  code: 'timeout',
  message: sentence('actions.unknown-result'),
  next: sentence('actions.unknown-next'),
  maybeDone: true,
};

/** It was deleted, or taken from the account. */
export const gone: Problem = {
  code: 'not-found',
  message: sentence('actions.no-server'),
  next: sentence('actions.no-server-next'),
};
