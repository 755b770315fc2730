/** Model of a menu, shared by pointer and keyboard. */
import type { IconName } from '../drawings/icons.js';

export interface MenuAction {
  readonly kind: 'action';
  readonly label: string;
  readonly icon?: IconName;
  /** Why the entry cannot be chosen now. */
  readonly blocked?: string | null;
  readonly danger?: boolean;
  /** Set for an entry that is one of several choices; true = the current choice. */
  readonly checked?: boolean;
  /** Set for independent toggles: the menu stays open. */
  readonly stays?: boolean;
  readonly testid?: string;
  run(): void;
}

export interface MenuFolder {
  readonly kind: 'folder';
  readonly label: string;
  readonly icon?: IconName;
  readonly items: readonly MenuItem[];
}

export type MenuItem = MenuAction | MenuFolder | { readonly kind: 'line' };

/** Whether the entry does nothing now; it stays in the menu and says why. */
export function isBlocked({ blocked = null }: MenuAction): boolean {
  return blocked !== null;
}

/** Position of a menu in the window, and the element that gets the focus back. */
export interface MenuSpot {
  readonly x: number;
  readonly y: number;
  readonly opener: HTMLElement | null;
  /** Button that opened the menu; a second press closes it. */
  readonly button?: HTMLElement;
}

/** At the pointer; below the row if a key opened the menu. */
export function menuSpot(event: Event, opener: HTMLElement): MenuSpot {
  if (event instanceof MouseEvent && event.button === 2)
    return { x: event.clientX, y: event.clientY, opener };
  const { left, bottom } = opener.getBoundingClientRect();
  return { x: left + 36, y: bottom - 4, opener };
}

/** Below the button that opens the menu. */
export function menuBelow(button: HTMLElement, opener: HTMLElement = button): MenuSpot {
  const { left, bottom } = button.getBoundingClientRect();
  return { x: left, y: bottom + 2, opener, button };
}

/** Whether the key opens a context menu: Shift+F10 or the menu key. */
export function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
}
