/**
 * Time of a calculation in ms: the shortest of a few runs, because a busy computer may stop one of them for a while.
 */
export function fastest(run: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    run();
    return performance.now() - begun;
  });
  return Math.min(...times);
}
