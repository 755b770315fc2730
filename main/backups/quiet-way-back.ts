/** The end of a quiet backup: saving goes on, or the server starts, and that is seen. Pure. */
import type { PowerState } from '../../bridge/schema/domain.js';
import { entered, quietLimits, type Move, type QuietFact, type QuietState } from './quiet-state.js';

/** Begins, or tries again, what is owed. A server that was found stopped owes nothing, so it is never started. */
export function wayBack(state: QuietState): Move {
  const { owed, power, tries } = state;
  if (owed === null) return over(state);
  if (tries >= quietLimits.mostTries) return entered(state, 'stuck', []);
  const wait = { kind: 'wait', ms: pause(tries) } as const;
  const next = { ...state, tries: tries + 1 };
  // A process that has ended saves by itself when it starts again.
  if (owed === 'save-on') {
    if (power !== null && power !== 'running') return over({ ...state, owed: null });
    return entered(next, 'back', [{ kind: 'command', command: 'save-on' }, wait]);
  }
  // An unanswered stop may still take effect, and a stopping server can't be started yet.
  const mayStart = power === 'offline';
  return entered(next, 'back', mayStart ? [{ kind: 'power', signal: 'start' }, wait] : [wait]);
}

export function whileBack(state: QuietState, fact: QuietFact): Move {
  switch (fact.kind) {
    case 'line':
      if (state.owed !== 'save-on' || (fact.line !== 'on' && fact.line !== 'already-on')) break;
      return over({ ...state, owed: null });
    case 'power':
      return powerWhileBack(state, fact.power);
    case 'refused':
      return { state: { ...state, problem: fact.problem }, orders: [] };
    case 'late':
      // The stop never took effect.
      if (state.owed === 'start' && state.power === 'running') return over({ ...state, owed: null });
      return wayBack(state);
    case 'cancelled':
      return wayBack({ ...state, tries: 0 });
    default:
  }
  return { state, orders: [] };
}

function powerWhileBack(before: QuietState, power: PowerState): Move {
  const state = { ...before, power };
  if (state.owed === 'save-on') return power === 'running' ? { state, orders: [] } : wayBack(state);
  if (power === 'offline') return wayBack(state);
  // `starting` is seen only after a stop. `running` without it may be the state before the stop.
  const isUp = power === 'starting' || (power === 'running' && before.power !== 'running');
  return isUp && before.power !== null ? over({ ...state, owed: null }) : { state, orders: [] };
}

export function over(state: QuietState): Move {
  return entered(state, 'over', []);
}

function pause(tries: number): number {
  return Math.min(quietLimits.backMs * 2 ** tries, quietLimits.longestBackMs);
}
