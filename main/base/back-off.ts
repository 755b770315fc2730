import type { Random } from './ports.js';

const firstMs = 2000;
const longestMs = 5 * 60_000;

/** How long to wait after the n-th failure in a row (from 1): doubling from 2 s to 5 min, less up to half by chance. */
export function backOff(failures: number, random: Random): number {
  const whole = Math.min(longestMs, firstMs * 2 ** Math.min(failures - 1, 20));
  return Math.round(whole * (1 - random() / 2));
}

/** The same time, up to a tenth earlier or later, so that many accounts do not ask at once. */
export function jittered(ms: number, random: Random): number {
  return Math.round(ms * (0.9 + random() * 0.2));
}
