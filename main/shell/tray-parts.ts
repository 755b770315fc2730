import { join } from 'node:path';
import type { Clock, Log } from '../base/ports.js';
import type { ConnectBus } from '../bus/session-bus.js';
import type { MemoryFile } from '../disk/memory.js';
import { showOnce } from './start/show-once.js';
import { isXfce } from './tray/dark-bars.js';
import type { FirstIcon } from './tray/first-icon.js';
import { hasTrayHost } from './tray/host-check.js';
import { watchForTrayHost } from './tray/host-watch.js';
import { MenuActions, type MenuActionDeps } from './tray/menu-actions.js';
import { TrayPresence } from './tray/tray-presence.js';
import { Tray, type TrayDeps } from './tray/tray.js';
import { watchXfcePanel } from './tray/xfce-panel.js';
import type { Windows } from './windows/windows.js';

export interface TrayPartsDeps
  extends
    Pick<MenuActionDeps, 'actions' | 'browser' | 'dialogs' | 'notifications' | 'quit'>,
    Pick<
      TrayDeps,
      'store' | 'language' | 'platform' | 'developerTools' | 'unseen' | 'attention' | 'transfers'
    > {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: TrayDeps['settings'] & MenuActionDeps['settings'];
  readonly memory: MemoryFile;
  readonly quiet: TrayDeps['quiet'] & MenuActionDeps['quiet'];
  /** Folder of the build output. */
  readonly out: string;
  /** Connects to the session bus on Linux. */
  readonly connectBus: ConnectBus;
  /** The tray icon that was shown before the application was loaded. Its `icon` is null if the desktop showed none. */
  readonly firstIcon: FirstIcon;
  /** The version that is installed when Perch quits. */
  readonly updates: TrayDeps['updates'] & { restart(): Promise<void> };
  readonly windows: Pick<Windows, 'openMain' | 'openPalette' | 'openDeveloperTools' | 'togglePopover'>;
  readonly notices: {
    /** True if the desktop shows no tray icons. */
    noTray(isSo: boolean): void;
  };
}

/** The tray icon, the actions of its menu, and its presence on this desktop. */
export function trayParts(deps: TrayPartsDeps) {
  const { clock, memory, platform, out, connectBus, firstIcon, windows, notices } = deps;
  const menuActions = new MenuActions({
    ...deps,
    openMain: (view) => windows.openMain(view),
    openPalette: () => windows.openPalette(),
    openDeveloperTools: () => windows.openDeveloperTools(),
    restart: () => deps.updates.restart(),
  });
  const tray = new Tray({
    ...deps,
    iconsFolder: join(out, 'icons'),
    makeIcon: firstIcon.make,
    watchPanel: (told) =>
      platform === 'linux' && isXfce(process.env['XDG_CURRENT_DESKTOP'] ?? '')
        ? watchXfcePanel(connectBus, told)
        : () => undefined,
    onAction: (action) => void menuActions.run(action),
    onClick: (bounds) => windows.togglePopover(bounds),
  });
  const presence = new TrayPresence({
    ...deps,
    tray,
    askForHost: () => hasTrayHost(platform, connectBus, clock),
    watchForHost: (came) => watchForTrayHost(connectBus, came),
    missing: (isSo) => {
      if (isSo) showOnce(memory, 'no-tray', () => notices.noTray(true));
      else notices.noTray(false);
    },
  });
  return { menuActions, tray, presence };
}
