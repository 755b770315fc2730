/**
 * Listener for all clicks of a window that lets the second click of a double click reach only the row of the first.
 *
 * One click opens a row. The second click of a user who double-clicks would press whatever the opened view has under
 * the pointer, such as a button or another file.
 */
export function doubleClickGuard(): (event: MouseEvent) => void {
  let row: HTMLElement | null = null;
  let key: string | undefined;
  return (event) => {
    const clicked = rowOf(event.target);
    if (event.detail <= 1) {
      row = clicked;
      key = keyOf(clicked);
    } else if (row !== null && (clicked !== row || keyOf(clicked) !== key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
}

/** Row that a click opens; null for a control of a row or outside rows. */
function rowOf(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element)) return null;
  const pressed = target.closest<HTMLElement>(
    '[data-row], [data-row-group], button, a, input, select, textarea',
  );
  return pressed?.matches('[data-row], [data-row-group]') === true ? pressed : null;
}

/** Item that a row shows. A long list shows another item in the same element when it scrolls or changes. */
function keyOf(row: HTMLElement | null): string | undefined {
  return row?.dataset['key'] ?? row?.closest<HTMLElement>('[data-slot]')?.dataset['slot'];
}
