/**
 * Arrow keys in a list: up and down between its rows, Home and End to its ends, left and right within a row. Tab goes
 * from a row to what else stands in it and then out of the list, for a thousand rows are no thousand stops.
 */

/** Marks the element that stands for a row; the row itself is marked `data-row-group`. */
const rowSelector = '[data-row]';

export function arrowKeys(list: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    if (event.key === 'Tab') return leave(list, event.target);
    if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      goToEnd(list, event.key);
      return;
    }
    const next = target(list, event.target, event.key);
    if (next === null) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  };
  list.dataset['arrows'] = '';
  list.addEventListener('keydown', onKey);
  return () => list.removeEventListener('keydown', onKey);
}

/** Puts the focus on the first row. */
export function focusFirstRow(list: HTMLElement | undefined): void {
  list?.querySelector<HTMLElement>(rowSelector)?.focus();
}

/** Takes the other rows out of the order for this one step. What stands between rows, as a notice does, stays in it. */
function leave(list: HTMLElement, from: HTMLElement): void {
  const row = from.closest('[data-row-group]') ?? from.closest(rowSelector);
  if (row === null) return;
  const stops = `${rowSelector}, [data-row-group] :is(button, a[href], input)`;
  const others = [...list.querySelectorAll<HTMLElement>(stops)].filter(
    (one) => one.tabIndex >= 0 && !row.contains(one),
  );
  for (const one of others) one.tabIndex = -1;
  // Once the browser has moved the focus.
  setTimeout(() => {
    for (const one of others) one.removeAttribute('tabindex');
  });
}

/** A long list has only those rows in the page that are in sight: it is scrolled first, and drawn in the next frame. */
function goToEnd(list: HTMLElement, key: 'Home' | 'End'): void {
  list.scrollTop = key === 'Home' ? 0 : list.scrollHeight;
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const rows = [...list.querySelectorAll<HTMLElement>(rowSelector)];
      (key === 'Home' ? rows[0] : rows.at(-1))?.focus();
    }),
  );
}

function target(list: HTMLElement, from: HTMLElement, key: string): HTMLElement | null {
  if (key === 'ArrowLeft' || key === 'ArrowRight') return beside(from, key === 'ArrowRight' ? 1 : -1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return null;
  const rows = [...list.querySelectorAll<HTMLElement>(rowSelector)];
  const group = from.closest('[data-row-group]');
  const at = rows.findIndex((row) => row === from || (group !== null && group.contains(row)));
  if (key === 'ArrowDown') return rows[at + 1] ?? null;
  return at > 0 ? (rows[at - 1] ?? null) : null;
}

/** The next button within a row. */
export function beside(from: HTMLElement, step: 1 | -1): HTMLElement | null {
  const group = from.closest<HTMLElement>('[data-row-group]');
  if (group === null) return null;
  const stops = [...group.querySelectorAll<HTMLElement>('button, a[href], input')];
  if (from === group) return step === 1 ? (stops[0] ?? null) : null;
  return stops[stops.indexOf(from) + step] ?? (group.tabIndex === -1 || step === 1 ? null : group);
}
