/**
 * Puts what floats (menus, lists, tooltips) into the browser's top layer: over an open dialog, and out of reach of
 * boxes that cut off what overflows them. The element needs `popover="manual"`.
 */
export function topLayer(element: HTMLElement): void {
  element.showPopover();
}
