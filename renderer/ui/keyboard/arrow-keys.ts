/**
 * Arrow keys in a list: up and down between rows, Home and End to the ends, left and right within a row. Tab visits
 * the controls of the current row and then leaves the list, so a thousand rows are not a thousand stops.
 */

/** Focusable element of a row; the row itself is marked `data-row-group`. */
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

export function focusFirstRow(list: HTMLElement | undefined): void {
  list?.querySelector<HTMLElement>(rowSelector)?.focus();
}

/**
 * Takes all other rows out of the tab order for one Tab. Content between rows, such as a notice, stays in the order.
 */
function leave(list: HTMLElement, from: HTMLElement): void {
  const row = from.closest('[data-row-group]') ?? from.closest(rowSelector);
  if (row === null) return;
  const stops = `${rowSelector}, [data-row-group] :is(button, a[href], input)`;
  const others = [...list.querySelectorAll<HTMLElement>(stops)].filter(
    (one) => one.tabIndex >= 0 && !row.contains(one),
  );
  for (const one of others) one.tabIndex = -1;
  // After the browser has moved the focus.
  setTimeout(() => {
    for (const one of others) one.removeAttribute('tabindex');
  });
}

/** Focuses the first or last row. A virtual list draws that row only after scrolling, up to two frames later. */
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

/** Next control within a row. */
export function beside(from: HTMLElement, step: 1 | -1): HTMLElement | null {
  const group = from.closest<HTMLElement>('[data-row-group]');
  if (group === null) return null;
  const stops = [...group.querySelectorAll<HTMLElement>('button, a[href], input')];
  if (from === group) return step === 1 ? (stops[0] ?? null) : null;
  return stops[stops.indexOf(from) + step] ?? (group.tabIndex === -1 || step === 1 ? null : group);
}
