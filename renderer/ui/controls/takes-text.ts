/** True if the focused element takes typed text. Letters are then no shortcuts. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox], [contenteditable=true]',
    ) !== null
  );
}
