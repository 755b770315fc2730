import { screen, type Rectangle } from 'electron';
import { stillRunningNotice } from './lifecycle/still-running-notice.js';
import { showOnce } from './start/show-once.js';
import type { TrayPartsDeps } from './tray-parts.js';
import type { TrayPresence } from './tray/tray-presence.js';

export interface AfterMainClosedDeps extends Pick<TrayPartsDeps, 'memory' | 'platform'> {
  readonly presence: Pick<TrayPresence, 'isSafe'>;
  /** Whether Perch has stopped, or the window is open again. */
  readonly isOver: () => boolean;
  readonly quit: () => void;
  /** Perch continues without its main window. */
  readonly goesOn: () => void;
  /** Place of the tray icon; null = the desktop gives none. */
  readonly icon: () => Rectangle | null;
  readonly tell: (notice: ReturnType<typeof stillRunningNotice>) => void;
}

/**
 * After the main window was closed. Without a tray icon there would be no way back, so Perch quits. Checks the tray host
 * again, because the host may be gone.
 */
export async function afterMainClosed(deps: AfterMainClosedDeps): Promise<void> {
  const { presence, isOver, quit, goesOn, memory, platform, icon, tell } = deps;
  const isSafe = await presence.isSafe();
  if (isOver()) return;
  if (!isSafe) return quit();
  goesOn();
  showOnce(memory, 'still-running', () => {
    const screens = screen.getAllDisplays().map(({ bounds }) => bounds);
    tell(stillRunningNotice({ platform, icon: icon(), screens }));
  });
}
