/** Arrow keys in a list: up and down between its rows, Home and End to its ends, left and right within a row. */

/** Marks the element that stands for a row; the row itself is marked `data-row-group`. */
const rowSelector = '[data-row]';

export function arrowKeys(list: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
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
  list.addEventListener('keydown', onKey);
  return () => list.removeEventListener('keydown', onKey);
}

/** Puts the focus on the first row. */
export function focusFirstRow(list: HTMLElement | undefined): void {
  list?.querySelector<HTMLElement>(rowSelector)?.focus();
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
