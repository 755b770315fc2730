import { systemClock } from '../../main/base/clock.js';
import type { Keychain } from '../../main/base/ports.js';
import { createModules, type Modules, type ModulesPorts } from '../../main/modules.js';
import { aNetwork } from './direct-network.js';
import { FakeLog } from './fake-log.js';
import { noQueries } from './no-queries.js';

interface Options
  extends Pick<ModulesPorts, 'dataFolder'>, Partial<Omit<ModulesPorts, 'dataFolder' | 'loadKeychain'>> {
  /** null = no keychain: keys stay in memory. */
  readonly keychain?: Keychain | null;
}

/** The modules of main with the real network, disk and clock, and without desktop, demo and questions to games. */
export function modulesWithoutDesktop({ keychain = null, ...ports }: Options): Modules {
  return createModules({
    clock: systemClock,
    random: Math.random,
    network: () => aNetwork(),
    queryWire: () => noQueries,
    isOnline: () => true,
    loadKeychain: () =>
      keychain === null ? Promise.reject(new Error('Keys stay in memory.')) : Promise.resolve(keychain),
    platform: 'linux',
    copied: { read: () => Promise.resolve(''), write: () => Promise.resolve() },
    demo: { start: () => Promise.reject(new Error('There is no demo.')), stop: () => Promise.resolve() },
    isTime: () => Promise.resolve(),
    onAlert: () => undefined,
    onWithdrawn: () => undefined,
    onNotRestarted: () => undefined,
    log: new FakeLog(),
    ...ports,
  });
}
