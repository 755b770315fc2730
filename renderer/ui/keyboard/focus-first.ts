/** Focus after a change of a view, such as a deleted row. */
import { tick } from 'svelte';

/** Waits for the changed document, and focuses the element of the first selector that has one. */
export async function focusFirst(
  area: () => HTMLElement | undefined,
  selectors: readonly string[],
): Promise<void> {
  await tick();
  const found = selectors.map((selector) => area()?.querySelector<HTMLElement>(selector));
  found.find((element) => (element ?? null) !== null)?.focus();
}
