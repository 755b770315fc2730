import { BackOff, from } from '../base/back-off.js';
import type { Random } from '../base/ports.js';

const shortestMs = 1000;

/** Pauses between attempts at one node: random between 1 s and a ceiling that doubles from 2 s to 60 s. */
export function nodePauses(random: Random): BackOff {
  return new BackOff({ firstMs: 2000, longestMs: 60_000, spread: from(shortestMs, random) });
}
