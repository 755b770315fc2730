/**
 * Attachment that puts menus, lists and tooltips into the browser's top layer: above an open dialog and not clipped
 * by containers. The element needs `popover="manual"`.
 */
export function topLayer(element: HTMLElement): void {
  element.showPopover();
}
