/** Condition for a call of a page: none, or a press of the person. */
import type { CallName, HandlerInput } from '../../bridge/schema/contract.js';
import type { Sentence } from '../../messages/messages.js';
import type { Question } from '../base/question.js';
import type { Known } from './known-names.js';

/** A call that needs a press by the user. */
export interface Guarded<N extends CallName> {
  /** Target that a press allows. Another server, panel or page needs another press. */
  readonly target: (input: HandlerInput<N>) => string;
  /** A second target: a press that allowed it is accepted as well. */
  readonly orTarget?: (input: HandlerInput<N>) => string;
  /** The action in words, for the question after a call without a press. null = refuse without a question. */
  readonly action: ((input: HandlerInput<N>, known: Known) => Sentence) | null;
  /** False for an input without power. Missing = all inputs have power. */
  readonly when?: (input: HandlerInput<N>, known: Known) => boolean;
  /** Question that is asked with or without a press; null = none for this input. */
  readonly always?: (input: HandlerInput<N>, known: Known) => Question | null;
  /** Limit of calls per minute, with or without a press. */
  readonly perMinute?: number;
  /** True if any recent press is accepted, and stays usable for another call. */
  readonly isLight?: boolean;
  /** True if a press allows only one call; a function decides by the input. */
  readonly isOnce?: boolean | ((input: HandlerInput<N>) => boolean);
  /** True if each call renews the half minute that a press allows. */
  readonly goesOn?: boolean;
}

/** Power of a call. `free`: reads what the window shows anyway, changes only the window, or makes Perch do less. */
export type Power<N extends CallName> = 'free' | Guarded<N>;

/** Powers of some of the calls. */
export type Powers = { readonly [N in CallName]?: Power<N> };
