/** Whether the focused element takes typed text; then letters are no shortcuts. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]') !== null
  );
}
