/** A duration in its two largest units: `3 d 4 h`, `2 h 5 min`, `40 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) return two(days, 'd', hours % 24, 'h');
  if (hours > 0) return two(hours, 'h', minutes % 60, 'min');
  if (minutes > 0) return two(minutes, 'min', seconds % 60, 's');
  return `${seconds} s`;
}

/** Rounding steps for estimates by size (ms), largest first. */
const steps: readonly (readonly [from: number, step: number])[] = [
  [3_600_000, 1_800_000],
  [600_000, 300_000],
  [60_000, 60_000],
  [10_000, 5000],
  [0, 1000],
];

/** An estimated duration, rounded: `20 min`, `4 s`. */
export function roughDuration(ms: number): string {
  const [, step] = steps.find(([from]) => ms >= from) ?? [0, 1000];
  return duration(Math.max(1, Math.round(ms / step)) * step);
}

function two(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}
