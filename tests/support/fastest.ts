/**
 * Processor time of a calculation in ms. A busy computer may stop the calculation for seconds, which takes no processor
 * time.
 */
export function processorTime(run: () => unknown): number {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

/** Processor time of a calculation in ms: the shortest of a few runs, because the first runs are not optimized. */
export function fastest(run: () => unknown): number {
  return Math.min(...Array.from({ length: 5 }, () => processorTime(run)));
}
