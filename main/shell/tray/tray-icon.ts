import type { Rectangle } from 'electron';
import type { MenuAction, MenuModel } from './menu-entry.js';

/** An icon in the tray of a desktop, with its menu. */
export interface TrayIcon {
  /** Where the icon is; null where the desktop does not tell. */
  readonly bounds: Rectangle | null;
  /** From here on the listener hears of presses; before, nobody does. */
  listen(listener: TrayIconListener): void;
  /** A file of `iconPath`. */
  setImage(path: string): void;
  setToolTip(text: string): void;
  setMenu(model: MenuModel): void;
  destroy(): void;
}

export interface TrayIconListener {
  click(): void;
  pressed(action: MenuAction): void;
  /** The menu is open, or no more; not told where an open menu may change. */
  menuOpen(isOpen: boolean): void;
}

export type MakeTrayIcon = (imagePath: string) => TrayIcon;
