/** What a menu holds; the same list for pointer and keyboard. */
import type { IconName } from '../drawings/icons.js';

export interface MenuAction {
  readonly kind: 'action';
  readonly label: string;
  readonly icon?: IconName;
  /** Why it can't be chosen now. */
  readonly blocked?: string | null;
  readonly danger?: boolean;
  /** Set for one of several choices: whether it is the present one. */
  readonly checked?: boolean;
  /** Set for one of several that may be on together: the menu stays open. */
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

/** It stays in the menu, and says why it does nothing. */
export function isBlocked({ blocked = null }: MenuAction): boolean {
  return blocked !== null;
}

/** Where a menu opens, in the window; and what gets the focus back. */
export interface MenuSpot {
  readonly x: number;
  readonly y: number;
  readonly opener: HTMLElement | null;
  /** The button that was pressed for it: pressed again, it closes the menu. */
  readonly button?: HTMLElement;
}

/** Where the pointer is; where there was none (a menu key), below the row. */
export function menuSpot(event: Event, opener: HTMLElement): MenuSpot {
  if (event instanceof MouseEvent && event.button === 2)
    return { x: event.clientX, y: event.clientY, opener };
  const { left, bottom } = opener.getBoundingClientRect();
  return { x: left + 36, y: bottom - 4, opener };
}

/** Below the button that opens it. */
export function menuBelow(button: HTMLElement, opener: HTMLElement = button): MenuSpot {
  const { left, bottom } = button.getBoundingClientRect();
  return { x: left, y: bottom + 2, opener, button };
}

/** Shift+F10 and the menu key. */
export function isMenuKey(event: KeyboardEvent): boolean {
  return event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey);
}
