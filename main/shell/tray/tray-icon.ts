import type { Rectangle } from 'electron';
import type { TrayAction, MenuModel } from './menu-entry.js';

/** An icon in the desktop's tray, with its menu. */
export interface TrayIcon {
  /** Place of the icon; null = the desktop gives none. */
  readonly bounds: Rectangle | null;
  /** Sets the listener. Presses before that are lost. */
  listen(listener: TrayIconListener): void;
  /** `path` from `iconPath`. */
  setImage(path: string): void;
  setToolTip(text: string): void;
  setMenu(model: MenuModel): void;
  destroy(): void;
}

export interface TrayIconListener {
  click(): void;
  pressed(action: TrayAction): void;
  /** The menu has opened or closed. Not called on desktops where an open menu can be changed. */
  menuOpen(isOpen: boolean): void;
}

export type MakeTrayIcon = (imagePath: string) => TrayIcon;
