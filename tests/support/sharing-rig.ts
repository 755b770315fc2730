import type { Network } from '../../main/base/network-ports.js';
import { KeychainVault } from '../../main/disk/vault.js';
import { Sharing } from '../../main/sharing/sharing.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { someMemory } from './entities.js';
import { FakeClock } from './fake-clock.js';
import { FakeKeychain } from './fake-keychain.js';
import { FakeLog } from './fake-log.js';
import { HeldFields } from './held-fields.js';

interface SharingWorld {
  network: Pick<Network, 'http'>;
  service: string;
  memory?: HeldFields<Memory>;
  vault?: KeychainVault;
}

/** Shares logs of the server "Survival" with this service. */
export function aSharing({ network, service, memory = new HeldFields(someMemory()), vault }: SharingWorld) {
  const clock = new FakeClock();
  const keychain = new FakeKeychain();
  const log = new FakeLog();
  const vaultFor = (): KeychainVault =>
    new KeychainVault({ clock, platform: 'linux', loadKeychain: () => Promise.resolve(keychain) });
  const settings = { current: { logService: service } };
  let id = 0;
  const sharing = new Sharing({
    clock,
    log,
    network,
    settings,
    memory,
    vault: vault ?? vaultFor(),
    nameOf: (serverId) => (serverId === 'home/1' ? 'Survival' : undefined),
    newId: () => `log-${(id += 1)}`,
  });
  return { sharing, memory, keychain, log, settings, vaultFor, clock };
}
