import { join } from 'node:path';
import type { App } from 'electron';
import { AutostartFile } from './autostart-file.js';
import { BackgroundPortal, type BackgroundPortalDeps } from './background-portal.js';
import { ownCommand, type Autostart } from './autostart.js';
import { LoginItem } from './login-item.js';

export interface SystemAutostartDeps extends BackgroundPortalDeps {
  readonly app: Pick<
    App,
    'isPackaged' | 'getAppPath' | 'getPath' | 'getLoginItemSettings' | 'setLoginItemSettings'
  >;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
  /** Path of Electron's binary. */
  readonly execPath: string;
}

/** Autostart for this system. */
export function systemAutostart(deps: SystemAutostartDeps): Autostart {
  const { app, platform, env, execPath, log } = deps;
  const { isPackaged } = app;
  const command = ownCommand({ isPackaged, execPath, appPath: app.getAppPath(), env, argv: process.argv });
  if (platform !== 'linux') return new LoginItem(app, platform, command[0] ?? execPath);
  if ((env['FLATPAK_ID'] ?? '') !== '') return new BackgroundPortal(deps);
  const asked = env['XDG_CONFIG_HOME'] ?? '';
  // A relative path does not count (XDG Base Directory Specification).
  const configFolder = asked.startsWith('/') ? asked : join(app.getPath('home'), '.config');
  return new AutostartFile({ configFolder, command, log });
}
