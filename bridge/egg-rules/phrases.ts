/** Values inside hints and messages. Text from an egg becomes one safe line first. */
import { say } from '../../messages/messages.js';
import { oneLine } from '../console/plain-line.js';
import type { PreparedRule } from './rule-set.js';

const longestWord = 40;
const listedWords = 5;
const longestPattern = 48;

export const quote = (text: string): string => oneLine(text, longestWord);

/** "a, b or c"; a long list ends with the number of the remaining values. */
export function listOf(words: readonly string[]): string {
  const shown = [...new Set(words)].filter((word) => word !== '').map(quote);
  const last = shown.at(-1);
  if (last === undefined) return say('egg-rules.empty');
  if (shown.length > listedWords + 1) {
    const some = shown.slice(0, listedWords).join(', ');
    return say('egg-rules.or-others', { some, count: shown.length - listedWords });
  }
  return shown.length === 1 ? last : say('egg-rules.one-of', { some: shown.slice(0, -1).join(', '), last });
}

/** The pattern for a sentence; empty if the pattern is too long to help a reader. */
export function patternOf({ parameters }: PreparedRule): string {
  const written = oneLine((parameters[0] ?? '').trim(), 1000);
  return written.length > longestPattern ? '' : written;
}
