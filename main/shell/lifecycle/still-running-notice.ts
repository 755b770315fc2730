/** Notification after the main window was first closed: Perch still runs, and where its icon is. Pure. */
import type { Rectangle } from 'electron';
import { say } from '../../../messages/messages.js';

export interface StillRunningFacts {
  readonly platform: NodeJS.Platform;
  /** Place of the icon; null = the desktop gives none. */
  readonly icon: Rectangle | null;
  /** Full bounds of all displays, bars included. */
  readonly screens: readonly Rectangle[];
}

export function stillRunningNotice(facts: StillRunningFacts): { title: string; body: string } {
  return { title: say('system.goes-on'), body: say(`system.${placeWords(facts)}`) };
}

/**
 * Which text names the icon's place.
 *
 * Windows reports a place even for an icon in the overflow area. macOS gives an icon that does not fit in the menu bar
 * no place on any display.
 */
function placeWords({ platform, icon, screens }: StillRunningFacts) {
  if (platform === 'win32') return 'goes-on-windows';
  if (platform !== 'darwin') return 'goes-on-tray';
  const isSeen =
    icon !== null &&
    icon.width > 0 &&
    screens.some((screen) => isOn(screen, icon.x + icon.width / 2, icon.y));
  return isSeen ? 'goes-on-menu-bar' : 'goes-on-mac-hidden';
}

function isOn(screen: Rectangle, x: number, y: number): boolean {
  return x >= screen.x && x < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height;
}
