/** Whether what has the focus takes letters for itself: then they are no keys of the window. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]') !== null
  );
}
