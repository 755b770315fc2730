import type { Problem } from '../../bridge/errors.js';
import { spoken, type Sentence } from '../../messages/messages.js';

/** Problem with its sentences as text. */
export type SpokenProblem = Omit<Problem, 'message' | 'next' | 'fields'> & {
  message: string;
  next: string;
  fields?: Record<string, string>;
};

export function inWords({ message, next, fields, ...rest }: Problem): SpokenProblem {
  const said = { ...rest, message: spoken(message), next: spoken(next) };
  if (fields === undefined) return said;
  const each = Object.entries(fields).map(([name, wrong]) => [name, spoken(wrong)] as const);
  return { ...said, fields: Object.fromEntries(each) };
}

/** Matches a sentence by its text inside `toEqual` and `toMatchObject`. */
export function saying(text: string | RegExp): Sentence {
  const matches = (said: string): boolean => (typeof text === 'string' ? said === text : text.test(said));
  const matcher = {
    asymmetricMatch: (actual: unknown): boolean => isSentence(actual) && matches(spoken(actual)),
    toString: () => `saying ${String(text)}`,
  };
  return matcher as unknown as Sentence;
}

function isSentence(value: unknown): value is Sentence {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
