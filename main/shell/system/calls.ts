/** Calls about the system around Perch: browser, clipboard, autostart, log folder, quitting. */
import type { CallOutput } from '../../../bridge/schema/contract.js';
import { sftpLogin } from '../../../bridge/panel/sftp-login.js';
import type { CallTable } from '../../base/calls.js';
import type { Browser } from './browser.js';
import type { SystemClipboard } from './clipboard.js';
import { accountInFleet, serverIn, type FleetNow } from './in-fleet.js';

export interface SystemCallsDeps {
  readonly store: FleetNow;
  readonly info: () => CallOutput<'app.info'>;
  readonly openLogs: () => Promise<void>;
  readonly quit: () => void;
  readonly autostart: { isOn(): Promise<boolean>; set(on: boolean): Promise<void> };
  readonly browser: Pick<Browser, 'openPanel' | 'openAccountPage' | 'openKeyPage' | 'openLink' | 'openSftp'>;
  readonly clipboard: Pick<SystemClipboard, 'write'>;
}

export function systemCalls({ store, autostart, browser, clipboard, ...deps }: SystemCallsDeps) {
  return {
    'app.info': () => deps.info(),
    'app.openLogs': () => deps.openLogs(),
    'app.quit': () => deps.quit(),
    'autostart.read': async () => ({ isOn: await autostart.isOn() }),
    'autostart.set': ({ on }) => autostart.set(on),
    'panel.open': ({ accountId, serverId, accountOn }) => {
      const account = accountInFleet(store, accountId);
      if (accountOn !== undefined) return browser.openAccountPage(account, accountOn);
      if (serverId === undefined) return browser.openPanel(account);
      // A server opens on its own panel only.
      return browser.openPanel(account, serverIn(store, serverId, accountId));
    },
    'panel.openKeyPage': ({ panelUrl, kind }) => browser.openKeyPage(panelUrl, kind),
    'sftp.open': async ({ serverId }) => {
      const server = serverIn(store, serverId);
      const user = store.state.accounts.get(server.accountId)?.user?.username ?? null;
      await browser.openSftp(sftpLogin(server, user)?.address ?? '');
    },
    'link.open': ({ url }) => browser.openLink(url),
    'clipboard.write': ({ text }) => clipboard.write(text),
  } satisfies CallTable;
}
