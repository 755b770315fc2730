/** Rows per Page Up and Page Down. */
const page = 12;
const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };

/** Index of the row to which a key leads in a list; -1 for other keys. `at` = index of the focused row, -1 for none. */
export function rowTarget(key: string, at: number, count: number): number {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = steps[key];
  return step === undefined ? -1 : Math.max(0, Math.min(count - 1, at + step));
}
