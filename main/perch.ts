/** Builds the application with its real parts. `index.ts` loads this file after the first tray icon. */
import { app, session } from 'electron';
import { createApp, type AppPorts, type PerchApp } from './app.js';
import type { Proxies, ProxyPreference } from './base/network-ports.js';
import { systemClock } from './base/clock.js';
import { Dialer } from './net/dialer.js';
import { UndiciNetwork } from './net/http.js';
import { countAddresses } from './net/look-up.js';
import { DialedQueryWire } from './net/query-wire.js';
import { PreferredProxies } from './net/preferred-proxies.js';
import { loadSystemKeychain } from './disk/vault.js';
import { SecretKeychain } from './keyring/secret-keychain.js';
import { SystemProxy } from './shell/system/proxy.js';

const { env, platform, execPath } = process;

export { endWithoutFolder } from './shell/start/no-data-folder.js';

export function realApp(
  started: Pick<
    AppPorts,
    'out' | 'firstIcon' | 'takeFirstWindow' | 'asked' | 'asPerson' | 'isPortable' | 'connectBus'
  >,
): PerchApp {
  // This session follows the system's proxy. The session of the windows has no network access
  // (shell/pages/security.ts).
  const ask = (url: string): Promise<string> => session.fromPartition('proxies').resolveProxy(url);
  const system = new SystemProxy({ clock: systemClock, env, ask });
  const proxies = (wish: ProxyPreference): Proxies => new PreferredProxies(system, wish);
  return createApp({
    ...started,
    clock: systemClock,
    random: Math.random,
    network: (wish) => new UndiciNetwork(new Dialer(proxies(wish)), `Perch/${app.getVersion()}`),
    queryWire: (wish) => new DialedQueryWire(proxies(wish)),
    proxies,
    lookUp: countAddresses,
    loadKeychain:
      platform === 'linux'
        ? () => Promise.resolve(new SecretKeychain(started.connectBus))
        : loadSystemKeychain,
    platform,
    env,
    execPath,
    dataFolder: app.getPath('userData'),
    startDemo: env['PERCH_DEMO'] === '1',
  });
}
