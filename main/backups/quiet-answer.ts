/**
 * The game's answer to `save-off`. Pure.
 *
 * Minecraft has no command that only asks, and `save-off` changes nothing while saving is off already. So the first
 * answer to `save-off` is the only sign of the state before, and no later answer replaces it.
 */
import type { SaveLine } from './quiet-means.js';
import type { QuietFact, QuietState } from './quiet-state.js';

/** The state after a fact about the console's connection. */
export function consoleIs(state: QuietState, fact: QuietFact): QuietState {
  const { answer } = state;
  if (fact.kind === 'renewed' && (answer === 'due' || answer === 'missed')) {
    return { ...state, answer: 'lost' };
  }
  if (fact.kind !== 'link') return state;
  const isCut = !fact.isLive && answer === 'due';
  return { ...state, isLive: fact.isLive, answer: isCut ? 'missed' : answer };
}

/**
 * The state after a line about saving. Plugins may let players forge lines, so `already-off` counts only as long as
 * the game has not said that this backup switched saving off.
 */
export function answered(state: QuietState, line: SaveLine): QuietState {
  const { answer } = state;
  if (line === 'off') return { ...state, answer: 'off', owed: 'save-on' };
  const counts = line === 'already-off' && (answer === 'due' || answer === 'missed');
  return counts ? { ...state, answer: 'already-off' } : state;
}
