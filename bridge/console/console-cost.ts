import type { ConsoleLine } from '../schema/console-line.js';

/** Fixed cost per line, so that blank lines count too. */
const perLine = 64;

/** Cost of a console line for back-pressure and batching: its characters plus a fixed share. */
export function lineCost({ text }: Pick<ConsoleLine, 'text'>): number {
  return text.length + perLine;
}

/**
 * Cost of several lines.
 * Main counts the lines that it sends and a window acknowledges the lines that it drew; both use this sum.
 */
export function consoleCost(lines: readonly Pick<ConsoleLine, 'text'>[]): number {
  return lines.reduce((sum, line) => sum + lineCost(line), 0);
}
