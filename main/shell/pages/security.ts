import type { App, ProxyConfig, Session, WebContents } from 'electron';
import { isAppUrl } from '../../ipc/trust.js';

/**
 * Blocks, in every page, the features of Chromium that Perch does not use.
 *
 * `mayReload` = allow a page to load itself again, for development: Vite reloads the page after changes that it cannot
 * apply in place.
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

/** Loads Perch's page again after a navigation to `about:blank`, which Electron allows without an event. */
function comeBack(contents: WebContents): void {
  let home: string | null = null;
  contents.on('did-navigate', (_event, url) => {
    if (isAppUrl(url)) home = url;
    else if (home !== null) void contents.loadURL(home).catch(() => undefined);
  });
}

const network = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };

/**
 * Proxy that leads nowhere: no host has this name (RFC 6761). The last rule covers loopback, which would bypass the
 * proxy.
 */
const deadEnd: ProxyConfig = {
  mode: 'fixed_servers',
  proxyRules: 'http://perch.invalid:9',
  proxyBypassRules: '<-loopback>',
};

/**
 * Blocks permissions, downloads and network access of all windows. Main does these things for the windows.
 *
 * `allowed` = the origin that development needs; null otherwise.
 */
export function lockSession(session: Session, allowed: string | null): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  // WebRTC ignores the request filter below, and could reach any host over TCP.
  if (allowed === null) void session.setProxy(deadEnd);
  session.webRequest.onBeforeRequest(network, ({ url }, answer) =>
    answer({ cancel: allowed === null || new URL(url).origin !== allowed }),
  );
}
