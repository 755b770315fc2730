import { besideNames, besideText } from '../../bridge/fleet/beside-names.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { Rule } from '../../bridge/schema/rules.js';
import type { Settings } from '../../bridge/schema/settings.js';

/** Facts that main knows itself, independent of the window's input. */
export interface Known {
  readonly fleet: Pick<FleetState, 'servers' | 'accounts'>;
  readonly settings: Settings;
  /** The user's rules: a group may hold the servers of one. */
  readonly rules: readonly Pick<Rule, 'target'>[];
}

/**
 * A server's name, with text that distinguishes it from others of the same name. Returns the id of an unknown server.
 */
export function knownServerName({ fleet: { servers, accounts } }: Known, serverId: string): string {
  const name = servers.get(serverId)?.name ?? serverId;
  const beside = besideText(besideNames(servers.values(), accounts.values()).get(serverId));
  return [oneLine(name, 60), oneLine(beside, 60)].filter((part) => part !== '').join(' — ');
}

export function ofAccount({ fleet }: Known, accountId: string): string {
  return oneLine(fleet.accounts.get(accountId)?.label ?? accountId, 100);
}
