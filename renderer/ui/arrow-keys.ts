/** Arrow keys in a list: up and down between its rows, Home and End to its ends, left and right within a row. */

/** Marks the element that stands for a row; the row itself is marked `data-row-group`. */
const rowSelector = '[data-row]';

export function arrowKeys(list: HTMLElement): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
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

function target(list: HTMLElement, from: HTMLElement, key: string): HTMLElement | null {
  if (key === 'ArrowLeft' || key === 'ArrowRight') return beside(from, key === 'ArrowRight' ? 1 : -1);
  const rows = [...list.querySelectorAll<HTMLElement>(rowSelector)];
  const group = from.closest('[data-row-group]');
  const at = rows.findIndex((row) => row === from || (group !== null && group.contains(row)));
  if (key === 'ArrowDown') return rows[at + 1] ?? null;
  if (key === 'ArrowUp') return at > 0 ? (rows[at - 1] ?? null) : null;
  if (key === 'Home') return rows[0] ?? null;
  if (key === 'End') return rows.at(-1) ?? null;
  return null;
}

function beside(from: HTMLElement, step: 1 | -1): HTMLElement | null {
  const group = from.closest('[data-row-group]');
  if (group === null) return null;
  const stops = [...group.querySelectorAll<HTMLElement>('button, a[href]')];
  return stops[stops.indexOf(from) + step] ?? null;
}
