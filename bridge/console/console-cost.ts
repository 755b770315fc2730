import type { ConsoleLine } from '../schema/domain.js';

/** What a line costs apart from its text: a blank one has to be carried and drawn, too. */
const perLine = 64;

/** The weight of a console line in back-pressure and batches: its characters and a share for being a line. */
export function lineCost({ text }: Pick<ConsoleLine, 'text'>): number {
  return text.length + perLine;
}

/** The same of several lines. Main adds what it sends, a window acknowledges what it has drawn: by one formula. */
export function consoleCost(lines: readonly Pick<ConsoleLine, 'text'>[]): number {
  return lines.reduce((sum, line) => sum + lineCost(line), 0);
}
