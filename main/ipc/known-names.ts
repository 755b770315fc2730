import { besideNames, besideText } from '../../bridge/fleet/beside-names.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { Settings } from '../../bridge/schema/settings.js';

/** What main knows when a window asks, whatever the window says. */
export interface Known {
  readonly fleet: Pick<FleetState, 'servers' | 'accounts'>;
  readonly settings: Settings;
}

/** A server's name, with what tells it from others of that name; the id where no such server is known. */
export function ofServer({ fleet: { servers, accounts } }: Known, serverId: string): string {
  const name = servers.get(serverId)?.name ?? serverId;
  const beside = besideText(besideNames(servers.values(), accounts.values()).get(serverId));
  return [oneLine(name, 60), oneLine(beside, 60)].filter((part) => part !== '').join(' — ');
}

export function ofAccount({ fleet }: Known, accountId: string): string {
  return oneLine(fleet.accounts.get(accountId)?.label ?? accountId, 100);
}
