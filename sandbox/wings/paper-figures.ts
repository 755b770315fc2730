import type { Measurement } from './meter.js';

const MB = 1024 * 1024;
/** Memory of a server without a limit. */
const unlimitedMb = 2048;

/** Simulated usage of a server, always below its limit. Deterministic for seed and time. */
export function paperFigures(seed: number, uptimeMs: number, memoryMb: number): Measurement {
  const slow = wave(uptimeMs, 90_000 + (seed % 60_000), seed);
  const quick = wave(uptimeMs, 7000 + (seed % 5000), seed * 3);
  const busy = 2 + (seed % 90);
  const limit = (memoryMb > 0 ? memoryMb : unlimitedMb) * MB;
  return {
    cpuPercent: Math.round(busy * (0.55 + 0.3 * slow + 0.15 * quick) * 1000) / 1000,
    memoryBytes: Math.round(limit * (0.45 + 0.2 * slow + (seed % 20) / 100)),
    uptimeMs,
  };
}

/** Between -1 and 1. */
function wave(at: number, period: number, phase: number): number {
  return Math.sin((at / period) * 2 * Math.PI + phase);
}
