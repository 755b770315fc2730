import { AccountBook } from '../actions/account-book.js';
import { agreedTrust } from '../actions/accounts/agreements.js';
import type { CallTable } from '../base/calls.js';
import type { Sources } from '../base/feed-source.js';
import type { Network } from '../base/network-ports.js';
import type { Vault } from '../base/ports.js';
import { ConsoleSource } from '../fleet/console/console-source.js';
import { fleetSource } from '../fleet/fleet-source.js';
import { Fleet } from '../fleet/fleet.js';
import { SentSignals, type Sender } from '../fleet/process/sent-signals.js';
import { connectPanel } from '../panel/connect-panel.js';
import { NodeAddresses } from '../wings/node-addresses.js';
import { WingsSession } from '../wings/session.js';
import type { Shared } from './shared.js';

export interface FleetModulesDeps extends Shared {
  readonly network: Network;
  readonly vault: Vault;
  /** The first request to a panel waits for this promise. */
  readonly isTime: () => Promise<void>;
  /** Who sends a power signal to this server now. */
  readonly senderOf: (serverId: string) => Sender;
}

export type FleetModules = ReturnType<typeof fleetModules>;

/** Builds accounts, panel clients, live sessions and the fleet. */
export function fleetModules({ disk, network, vault, isTime, senderOf, ...shared }: FleetModulesDeps) {
  const { store, clock, log } = shared;
  const addresses = new NodeAddresses(clock);
  const sent = new SentSignals(clock, () => store.state, senderOf);
  const book = new AccountBook(disk.records);
  const trustOf = agreedTrust({ book, log });
  const mayBeUnencrypted = (accountId: string): boolean =>
    book.find(accountId)?.unencryptedSince !== undefined;
  const fleet = new Fleet({
    ...shared,
    sent,
    connectPanel: (record) => {
      const label = (): string => book.find(record.id)?.label ?? record.label;
      const trust = trustOf(record.id, new URL(record.panelUrl).host);
      return connectPanel(record, { label, trust, network, vault, isTime: isTime(), clock, log });
    },
    openSession: (panel, server, tell) =>
      new WingsSession({
        serverUuid: server.uuid,
        origin: panel.origin,
        ticket: () => panel.socketTicket(server.identifier),
        allowsUnencrypted: () => mayBeUnencrypted(server.accountId),
        openSocket: network.sockets((host) => trustOf(server.accountId, host)),
        ...shared,
        addresses,
        tell,
      }),
  });
  book.listen((record) => fleet.recordChanged(record));
  const consoles = new ConsoleSource(fleet.consoles);
  const calls = {
    'console.acknowledge': ({ serverId, cost }, { webContentsId }) =>
      consoles.acknowledge(webContentsId, serverId, cost),
  } satisfies CallTable;
  const sources = {
    fleet: fleetSource(store, clock),
    console: consoles.source,
  } satisfies Partial<Sources>;
  return { book, fleet, sent, trustOf, mayBeUnencrypted, consoles, calls, sources };
}
