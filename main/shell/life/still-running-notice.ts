/** What a person is told when they close the window for the first time: that Perch is still there, and where. Pure. */
import type { Rectangle } from 'electron';
import { say } from '../../../messages/messages.js';

export interface GoesOnFacts {
  readonly platform: NodeJS.Platform;
  /** Where the icon is; null where the desktop does not tell. */
  readonly icon: Rectangle | null;
  /** All that the screens show, bars included. */
  readonly screens: readonly Rectangle[];
}

export function goesOnWords(facts: GoesOnFacts): { title: string; body: string } {
  return { title: say('system.goes-on'), body: say(`system.${placeWords(facts)}`) };
}

/** Windows tells of an icon behind its arrow as of any other; macOS gives one without module no place on a screen. */
function placeWords({ platform, icon, screens }: GoesOnFacts) {
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
