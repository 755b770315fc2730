import { ProxyChoice } from '../actions/proxy-choice.js';
import type { CallTable } from '../base/calls.js';
import type { Network, ProxyPreference } from '../base/network-ports.js';
import type { Clock, Keychain, Log } from '../base/ports.js';
import type { QueryWire } from '../base/query-ports.js';
import { KeychainVault } from '../disk/vault.js';
import type { Shared } from './shared.js';

export interface NetworkPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly platform: NodeJS.Platform;
  readonly loadKeychain: () => Promise<Keychain>;
  /** Creates the network, which reads the proxy preference for each connection. */
  readonly network: (wish: ProxyPreference) => Network;
  /** Creates the network for questions to games. It reads the proxy preference for each question. */
  readonly queryWire: (wish: ProxyPreference) => QueryWire;
  /** Whether this computer has a network. Only false is reliable (PLATFORM "Lifecycle"). */
  readonly isOnline: () => boolean;
}

export interface NetworkModulesDeps extends NetworkPorts {
  readonly disk: Pick<Shared['disk'], 'settings'>;
  /** The keychain may answer again. */
  readonly keychainChanged: () => void;
  /** Connections go another way from now on. */
  readonly rerouted: () => void;
}

/** Builds the ways to panels, nodes and games, and the secrets that they need. */
export function networkModules(deps: NetworkModulesDeps) {
  const { disk, log } = deps;
  const vault = new KeychainVault({ ...deps, changed: deps.keychainChanged });
  const otherWay = (): void => {
    network.rerouted();
    deps.rerouted();
  };
  const proxy = new ProxyChoice({ settings: disk.settings, vault, log, changed: otherWay });
  const network = deps.network(proxy);
  const calls = { 'network.setProxy': (wanted) => proxy.set(wanted) } satisfies CallTable;
  const wire = deps.queryWire(proxy);

  /** The computer changed its network or was asleep. */
  function networkChanged(): void {
    network.changed();
    wire.networkChanged();
  }

  return { vault, proxy, network, wire, networkChanged, calls };
}
