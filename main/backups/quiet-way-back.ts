/** The end of a quiet backup: Perch switches saving on again, or starts the server, and sees the result. Pure. */
import type { PowerState } from '../../bridge/schema/domain.js';
import { answered } from './quiet-answer.js';
import type { SaveLine } from './quiet-means.js';
import { entered, quietLimits, type Move, type QuietFact, type QuietState } from './quiet-state.js';

/** Brings the server back, or tries again. A server that was stopped before the backup is never started. */
export function wayBack(state: QuietState): Move {
  const { owed, power, tries } = state;
  if (owed === null) return over(state);
  if (tries >= quietLimits.mostTries) return entered(state, 'stuck', []);
  const wait = { kind: 'wait', ms: pause(tries) } as const;
  const next = { ...state, tries: tries + 1 };
  // A process saves automatically when it starts again.
  if (owed === 'save-on') {
    if (power !== null && power !== 'running') return over({ ...state, owed: null });
    if (state.answer === 'already-off') return over({ ...state, owed: null });
    const command = commandFor(state);
    // Nobody knows how saving was, which a person must hear also of a backup that a person ended.
    const isUnknown = command === 'save-on' && state.answer !== 'off' && state.trouble === 'cancelled';
    const after = isUnknown ? { ...next, trouble: 'unseen' as const } : next;
    return entered(after, 'back', command === null ? [wait] : [{ kind: 'command', command }, wait]);
  }
  // An unanswered stop may still take effect, and a stopping server can't be started yet.
  const mayStart = power === 'offline';
  return entered(next, 'back', mayStart ? [{ kind: 'power', signal: 'start' }, wait] : [wait]);
}

/**
 * The command of this attempt; null = only listen. Without an answer to `save-off` nobody knows whether saving was off
 * before, so Perch listens, then asks again, and switches saving on in the end: that is the safe state.
 */
function commandFor({ answer, isLive, tries }: QuietState): 'save-off' | 'save-on' | null {
  if (answer === 'missed') return isLive || tries > quietLimits.toldTries ? 'save-on' : null;
  if (answer !== 'due' || tries >= quietLimits.askingTries) return 'save-on';
  return tries === 0 ? null : 'save-off';
}

/** True until the first `save-on` of the way back. */
function isAsking({ answer, tries }: QuietState): boolean {
  return answer === 'due' && tries <= quietLimits.askingTries;
}

export function whileBack(state: QuietState, fact: QuietFact): Move {
  switch (fact.kind) {
    case 'line':
      return state.owed === 'save-on' ? heardWhileBack(state, fact.line) : { state, orders: [] };
    case 'link':
      // The lines that were missed are complete now.
      if (state.answer === 'missed' && fact.isLive) return wayBack(state);
      break;
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

/** A forged `already-off` ends nothing: until the attempt ends, the game may say that saving was on. */
function heardWhileBack(before: QuietState, line: SaveLine): Move {
  if (line === 'on' || line === 'already-on') {
    return isAsking(before) ? { state: before, orders: [] } : over({ ...before, owed: null });
  }
  const state = answered(before, line);
  const isNews = state.answer === 'off' && before.answer !== 'off';
  return isNews ? wayBack(state) : { state, orders: [] };
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
