/** Whether the subject of an ended event is well again. The event may have ended in another trouble. Pure. */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';

export function isServerHealthy(
  { accounts, servers }: Pick<FleetState, 'accounts' | 'servers'>,
  { what, serverId, accountId }: HistoryEvent,
): boolean {
  const server = servers.get(serverId ?? '');
  switch (what.kind) {
    case 'crashed':
    case 'went-offline':
    case 'slow-start':
    case 'restart-failed':
      return server?.power === 'running';
    case 'game-silent':
      return server?.reach?.kind === 'answers';
    case 'backup-overdue':
      // The event also ends when the user changes the rule.
      return (server?.lastBackup?.at ?? 0) > (what.newest ?? 0);
    case 'limit':
    case 'schedule-stuck':
    case 'suspended':
      return server !== undefined;
    case 'node-unreachable':
      // Only an answer of the node ends this event, and a connection to a node needs no panel.
      return true;
    default:
      return accounts.get(accountId)?.state.kind === 'ready';
  }
}
