import { Menu, Tray, type MenuItemConstructorOptions, type Rectangle } from 'electron';
import type { MenuEntry, MenuModel } from './menu-entry.js';
import type { TrayIcon, TrayIconListener } from './tray-icon.js';

/** Tray icon on macOS and Windows, drawn by Electron. */
export class ElectronIcon implements TrayIcon {
  readonly #tray: Tray;
  #menu: Menu | null = null;
  #listener: TrayIconListener | null = null;

  constructor(
    imagePath: string,
    private readonly platform: NodeJS.Platform,
  ) {
    this.#tray = new Tray(imagePath);
    this.#tray.on('click', () => this.#listener?.click());
    if (platform === 'darwin') {
      // With a menu set, a left click would open the menu instead of the popover.
      this.#tray.on('right-click', () => {
        if (this.#menu !== null) this.#tray.popUpContextMenu(this.#menu);
      });
    }
  }

  get bounds(): Rectangle {
    return this.#tray.getBounds();
  }

  listen(listener: TrayIconListener): void {
    this.#listener = listener;
  }

  setImage(path: string): void {
    this.#tray.setImage(path);
  }

  setToolTip(text: string): void {
    this.#tray.setToolTip(text);
  }

  setMenu(model: MenuModel): void {
    const menu = Menu.buildFromTemplate(model.map((entry) => this.#itemOf(entry)));
    // macOS closes an open menu that is replaced; Windows keeps showing the old one.
    menu.on('menu-will-show', () => this.#listener?.menuOpen(true));
    menu.on('menu-will-close', () => this.#listener?.menuOpen(false));
    this.#menu = menu;
    if (this.platform !== 'darwin') this.#tray.setContextMenu(menu);
  }

  destroy(): void {
    this.#tray.destroy();
  }

  #itemOf(entry: MenuEntry): MenuItemConstructorOptions {
    switch (entry.kind) {
      case 'separator':
        return { type: 'separator' };
      case 'text':
        return { label: entry.label, enabled: false };
      case 'action':
        return { label: entry.label, click: () => this.#listener?.pressed(entry.action) };
      case 'submenu':
        return { label: entry.label, submenu: entry.entries.map((inner) => this.#itemOf(inner)) };
    }
  }
}
