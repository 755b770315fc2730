import type { App, ProxyConfig, Session, WebContents } from 'electron';
import { isAppUrl } from '../../ipc/trust.js';

/**
 * Everything that a page of Perch never needs is refused, for every page there ever is. `mayReload`: Vite's client loads
 * its page again where a change can't be shown in place; for development only.
 */
export function lockDown(app: Pick<App, 'on'>, mayReload: boolean): void {
  app.on('web-contents-created', (_event, contents) => lockContents(contents, mayReload));
}

function lockContents(contents: WebContents, mayReload: boolean): void {
  const stay = (event: { url: string; preventDefault(): void }): void => {
    if (!mayReload || event.url !== contents.getURL()) event.preventDefault();
  };
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  comeBack(contents);
}

/** A page may always go to `about:blank`, which asks nobody: it comes back to where it was. */
function comeBack(contents: WebContents): void {
  let home: string | null = null;
  contents.on('did-navigate', (_event, url) => {
    if (isAppUrl(url)) home = url;
    else if (home !== null) void contents.loadURL(home).catch(() => undefined);
  });
}

const network = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };

/** No host of that name exists (RFC 6761). Without the last rule loopback would be reached directly. */
const deadEnd: ProxyConfig = {
  mode: 'fixed_servers',
  proxyRules: 'http://perch.invalid:9',
  proxyBypassRules: '<-loopback>',
};

/**
 * Windows have no permissions, no downloads and no network of their own: all of that is main's. `allowed`: the one
 * origin that development needs; null otherwise.
 */
export function lockSession(session: Session, allowed: string | null): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // WebRTC asks none of these, and would reach any host by TCP.
  if (allowed === null) void session.setProxy(deadEnd);
  session.webRequest.onBeforeRequest(network, ({ url }, answer) =>
    answer({ cancel: allowed === null || new URL(url).origin !== allowed }),
  );
}
