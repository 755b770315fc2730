/**
 * Sequence of a quiet backup: warn players, switch saving off and write everything (or stop), create the backup, wait
 * for its end, bring the server back.
 *
 * A step ends when its end is seen: a line of the game, a state of the server, the end of the backup. If that does not
 * happen in time, or something else breaks, the way back begins at once. Pure.
 */
import type { PowerState } from '../../bridge/schema/domain.js';
import type { Problem } from '../../bridge/errors.js';
import type { QuietTrouble } from '../../bridge/schema/quiet-backups.js';
import { answered, consoleIs } from './quiet-answer.js';
import type { SaveLine } from './quiet-means.js';
import {
  entered,
  quietLimits,
  troubled,
  type Move,
  type QuietFact,
  type QuietOrder,
  type QuietState,
} from './quiet-state.js';
import { over, wayBack, whileBack } from './quiet-way-back.js';

/** The first orders. A server that stays as it is needs no preparation. */
export function begin(state: QuietState): Move {
  return state.means === 'as-is' ? create(state) : warn(state);
}

/** Continues after a restart of Perch, once the state of the server is known. */
export function resume(state: QuietState, power: PowerState): Move {
  const known = { ...state, power };
  if (state.step === 'back') return wayBack(known);
  const { backup } = state;
  if (state.step !== 'wait' || backup === null) return stay(known);
  return entered(known, 'wait', [{ kind: 'follow', backup }, waiting('backupMs')]);
}

export function next(before: QuietState, fact: QuietFact): Move {
  const state = consoleIs(before, fact);
  if (fact.kind === 'gone') return over({ ...troubled(state, 'left'), owed: null });
  if (state.step === 'over') return stay(state);
  if (state.step === 'back') return whileBack(state, fact);
  if (state.step === 'stuck')
    return fact.kind === 'cancelled' ? wayBack({ ...state, tries: 0 }) : noted(state, fact);
  switch (fact.kind) {
    case 'accepted':
      return state.step === 'warn' ? said({ ...state, isWarned: true }) : stay(state);
    case 'link':
      return state.step === 'warn' ? said(state) : stay(state);
    case 'renewed':
      return stay(state);
    case 'line':
      return heard(state, fact.line);
    case 'power':
      return powerIs({ ...state, power: fact.power }, state.power);
    case 'refused':
      return refused(state, fact.problem);
    case 'made':
      return wait({ ...state, backup: fact.backup });
    case 'ended':
      return wayBack(fact.isGood ? state : troubled(state, 'failed'));
    case 'late':
      return late(state, fact.isAsleep);
    case 'cancelled':
      return calledOff(state, 'cancelled');
  }
}

function noted(state: QuietState, fact: QuietFact): Move {
  if (fact.kind === 'power') return stay({ ...state, power: fact.power });
  return stay(state);
}

function warn(state: QuietState): Move {
  const [leftMs, following] = state.warnings;
  if (leftMs === undefined || following === undefined) {
    return entered(state, 'warn', [{ kind: 'warn', leftMs: null }, waiting('warnMs')]);
  }
  const warnings = state.warnings.slice(1);
  const wait = { kind: 'wait', ms: leftMs - following } as const;
  return entered({ ...state, warnings }, 'warn', [{ kind: 'warn', leftMs }, wait]);
}

/** Players are warned, and the console shows the answer of the game. The countdown before a stop follows its own clock. */
function said(state: QuietState): Move {
  return state.means === 'saving' && state.isWarned && state.isLive ? saveOff(state) : stay(state);
}

/** Owed from the moment at which the command may arrive. */
function saveOff(state: QuietState): Move {
  return entered({ ...state, owed: 'save-on', answer: 'due' }, 'save-off', [
    { kind: 'command', command: 'save-off' },
    waiting('saveOffMs'),
  ]);
}

function flush(state: QuietState): Move {
  return entered(state, 'flush', [{ kind: 'command', command: 'save-all flush' }, waiting('flushMs')]);
}

function stop(state: QuietState): Move {
  return entered({ ...state, owed: 'start' }, 'stop', [{ kind: 'power', signal: 'stop' }, waiting('stopMs')]);
}

function create(state: QuietState): Move {
  return entered(state, 'create', [{ kind: 'create' }, waiting('createMs')]);
}

function wait(state: QuietState): Move {
  if (state.step !== 'create' || state.backup === null) return stay(state);
  return entered(state, 'wait', [{ kind: 'follow', backup: state.backup }, waiting('backupMs')]);
}

/** Saving that was off before stays off. */
function heard(state: QuietState, line: SaveLine): Move {
  if (state.means !== 'saving' || state.step === 'warn' || state.power === 'offline') return stay(state);
  if (line === 'saved' && state.step === 'flush') return create(state);
  // Somebody switched saving on before the backup was complete.
  if (line === 'on' && state.owed === 'save-on') return stay(troubled(state, 'left'));
  if (line !== 'off' && line !== 'already-off') return stay(state);
  if (line === 'off' && state.trouble === 'left') return stay(state);
  const known = answered(state, line);
  const after = known.answer === 'already-off' ? { ...known, owed: null } : known;
  return state.step === 'save-off' ? flush(after) : stay(after);
}

function powerIs(state: QuietState, before: PowerState | null): Move {
  const { step, power, owed } = state;
  const isUp = power === 'running';
  switch (step) {
    case 'warn':
      return isUp ? stay(state) : left(state);
    case 'save-off':
    case 'flush':
      // The process has ended; a new process saves automatically.
      return isUp ? stay(state) : left({ ...state, owed: null });
    case 'stop':
      if (power === 'offline') return create(state);
      return power === 'starting' ? left({ ...state, owed: null }) : stay(state);
    default: {
      const isOther = owed === 'save-on' ? !isUp : owed === 'start' && (isUp || power === 'starting');
      // After a restart of Perch, the first known state is no change.
      const isNews = before !== null || owed === 'save-on';
      return stay(isOther && isNews ? { ...troubled(state, 'left'), owed: null } : state);
    }
  }
}

function refused(state: QuietState, problem: Problem): Move {
  const isLaterWarning = state.step === 'warn' && state.means === 'stop' && state.isWarned;
  if (isLaterWarning) return stay(state);
  const first: QuietTrouble = state.step === 'warn' ? 'unwarned' : 'refused';
  const told = troubled(state, first, problem);
  const isSurelyUndone = problem.maybeDone !== true && (state.step === 'save-off' || state.step === 'stop');
  return wayBack(isSurelyUndone ? { ...told, owed: null } : told);
}

function late(state: QuietState, isAsleep: boolean): Move {
  if (state.step !== 'warn' || state.means !== 'stop') {
    return wayBack(troubled(state, state.step === 'wait' ? 'late' : 'unseen'));
  }
  if (!state.isWarned) return wayBack(troubled(state, 'unwarned'));
  // Players no longer expect the stop.
  if (isAsleep) return calledOff(state, 'interrupted');
  return (state.warnings[0] ?? 0) === 0 ? stop(state) : warn(state);
}

function calledOff(state: QuietState, trouble: QuietTrouble): Move {
  const { state: after, orders } = wayBack(troubled(state, trouble));
  const isTold = state.step === 'warn' && state.means === 'stop';
  return { state: after, orders: isTold ? [{ kind: 'call-off' }, ...orders] : orders };
}

/** Somebody else acts, or the server crashed: Perch leaves the rest to them. */
function left(state: QuietState): Move {
  return wayBack(troubled(state, 'left'));
}

function stay(state: QuietState): Move {
  return { state, orders: [] };
}

function waiting(limit: 'warnMs' | 'saveOffMs' | 'flushMs' | 'stopMs' | 'createMs' | 'backupMs'): QuietOrder {
  return { kind: 'wait', ms: quietLimits[limit] };
}
