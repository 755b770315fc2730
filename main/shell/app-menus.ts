/** Menus that the system itself shows for Perch: jump list (Windows), Dock menu and menu bar (macOS). */
import { app, Menu } from 'electron';
import { followPlaces, type DesktopPlacesDeps } from './links/desktop-places.js';
import { dockMenu, jumpList, type PinnedLink } from './links/places.js';
import { macMenu } from './windows/mac-menu.js';

export interface PlacesMenuDeps extends Omit<DesktopPlacesDeps, 'show'> {
  readonly platform: NodeJS.Platform;
  /** Path of Electron's binary. */
  readonly execPath: string;
  readonly open: (link: string) => void;
  readonly openSettings: () => void;
}

/** Keeps the jump list (Windows) or the Dock menu (macOS) up to date. Returns the function that ends the updates. */
export function followPlacesMenu({
  platform,
  execPath,
  open,
  openSettings,
  ...deps
}: PlacesMenuDeps): () => void {
  if (platform !== 'win32' && platform !== 'darwin') return () => undefined;
  const show = (places: readonly PinnedLink[]): void => {
    if (platform === 'win32') app.setJumpList(jumpList(places, execPath));
    else app.dock?.setMenu(Menu.buildFromTemplate(dockMenu(places, { open, settings: openSettings })));
  };
  return followPlaces({ ...deps, show });
}

export interface MenuBarDeps {
  readonly language: { listen(listener: () => void): () => void };
  readonly developerTools: boolean;
  readonly quit: () => void;
}

/** Rebuilds the menu bar (macOS) when the language changes. Returns the function that ends the updates. */
export function followMenuBar({ language, ...choices }: MenuBarDeps): () => void {
  const show = (): void => Menu.setApplicationMenu(Menu.buildFromTemplate(macMenu(app.name, choices)));
  show();
  return language.listen(show);
}
