/** Outcome of a bulk run for one server. Pure. */
import type { PowerSignal, PowerState, Server } from '../../../bridge/schema/domain.js';
import type { BulkAction, BulkItem } from '../../../bridge/schema/bulk.js';
import type { Backup } from '../../../bridge/schema/backups.js';
import { comeUpMs } from '../../../bridge/come-up.js';
import { newProblem, toProblem, type Problem } from '../../../bridge/errors.js';
import {
  accessBlock,
  backUpBlock,
  bulkBlock,
  messageBlock,
  powerBlock,
  scheduleBlock,
} from '../../../bridge/panel/permissions.js';
import { sentence, type Sentence } from '../../../messages/messages.js';

const aims: Record<PowerSignal, PowerState> = {
  start: 'running',
  restart: 'running',
  stop: 'offline',
  kill: 'offline',
};
/**
 * Time in ms after which `starting` counts as started. With a wrong done pattern in the egg, a server stays in that
 * state (PROTOCOL 4.6).
 */
const startingMs = 60_000;
/** Longest wait in ms for a signal whose answer was lost. */
const doubtMs = 60_000;

/** Why the panel or node would refuse the action now; null if neither would. */
export function actionBlock(action: BulkAction, server: Server): Sentence | null {
  if (action === 'message') return messageBlock(server);
  if (action === 'copy-schedule') return scheduleBlock(server);
  if (action === 'give-access' || action === 'take-access') return accessBlock(action, server);
  return action === 'back-up' ? backUpBlock(server) : powerBlock(action, server);
}

/** True for actions that the panel carries out whether the server runs or not. */
export function needsNoState(action: BulkAction): action is Stateless {
  return stateless.has(action);
}

type Stateless = 'back-up' | 'copy-schedule' | 'give-access' | 'take-access';
const stateless: ReadonlySet<BulkAction> = new Set<Stateless>([
  'back-up',
  'copy-schedule',
  'give-access',
  'take-access',
]);

/** True for power signals, whose end the state of the server shows. */
export function isSignal(action: BulkAction): action is PowerSignal {
  return action !== 'message' && !needsNoState(action);
}

/**
 * Why a server is skipped: it is already in the wanted state, or its state allows no signal. null = not skipped.
 *
 * A missing permission is no reason to skip: it is a failure that the user must see.
 */
export function skipReason(server: Server, action: BulkAction): Problem | null {
  const free = { ...server, permissions: null };
  const message = actionBlock(action, free) ?? (isSignal(action) ? bulkBlock(action, server) : null);
  if (message === null) return null;
  const { condition } = server;
  const closed = condition === 'normal' ? {} : { condition };
  return { ...newProblem('conflict', message, sentence('actions.nothing-sent')), ...closed };
}

/**
 * Problem of a server whose state is unknown. A signal could do the opposite of the user's intention, so none is sent.
 */
export function notRead(why: Problem | null): Problem {
  const next = sentence('actions.nothing-sent');
  if (why === null) return newProblem('conflict', sentence('actions.state-unread'), next);
  return newProblem(why.code, sentence('actions.state-unread-why', { why: why.message }), next);
}

/** The item after the end of its backup; null = somebody deleted the backup meanwhile. */
export function backedUp(backup: Pick<Backup, 'state'> | null): Pick<BulkItem, 'outcome' | 'problem'> {
  if (backup?.state === 'good') return { outcome: 'done', problem: null };
  const message = sentence(backup === null ? 'remote.backup-deleted' : 'actions.backup-failed');
  return {
    outcome: 'failed',
    problem: newProblem('conflict', message, sentence('actions.backup-failed-next')),
  };
}

/** The item after a quiet backup that never began, or whose server is not back. */
export function notBackedUp(error: unknown): Pick<BulkItem, 'outcome' | 'problem'> {
  return { outcome: 'failed', problem: toProblem(error) };
}

interface OutcomeFacts {
  readonly signal: PowerSignal;
  readonly sentAt: number;
  readonly now: number;
  /** True if each server must run before the next one gets its signal. A server then has more time to start. */
  readonly waitsForEach?: boolean;
}

/** The item now, after its signal was sent at `sentAt` (monotonic time). */
export function outcomeOf(
  item: BulkItem,
  server: Server | undefined,
  { signal, sentAt, now, waitsForEach = false }: OutcomeFacts,
): BulkItem {
  if (server === undefined) return { ...item, outcome: 'failed', problem: gone };
  const aim = aims[signal];
  const isLate = waitsForEach && aim === 'running' && now - sentAt >= comeUpMs;
  // No decision while the signal is pending: at first, a restarting server still looks running.
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
    return newProblem('conflict', sentence('actions.ended-again'), sentence('actions.look'));
  }
  if (power === null) return unknown;
  return newProblem('timeout', sentence(`actions.still-${power}`), sentence('actions.look-again'));
}

const notUp = newProblem(
  'timeout',
  sentence('actions.not-up', { minutes: comeUpMs / 60_000 }),
  sentence('actions.look-again'),
);

const unknown: Problem = {
  ...newProblem('timeout', sentence('actions.unknown-result'), sentence('actions.unknown-next')),
  maybeDone: true,
};

/** The server was deleted, or the account lost its access. */
export const gone = newProblem('not-found', sentence('actions.no-server'));
