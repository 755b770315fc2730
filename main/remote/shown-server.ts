import { besideNames, besideText } from '../../bridge/fleet/beside-names.js';
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Account, LastBackup, Server } from '../../bridge/schema/domain.js';
import { serverMark, serverWord } from '../../bridge/fleet/marks.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { RemotePlayers, RemoteServer, RemoteState } from '../../bridge/schema/remote-entities.js';
import type { PlayersOnline } from '../../bridge/schema/players.js';
import { spoken } from '../../messages/messages.js';
import type { Clock } from '../base/ports.js';

interface ShownDeps {
  readonly store: { readonly state: Pick<FleetState, 'accounts'> };
  readonly clock: Pick<Clock, 'now'>;
}

/** A server as the command line shows it. Text from the panel is made safe for a terminal. */
export function shownServer(server: Server, { store, clock }: ShownDeps): RemoteServer {
  const account = store.state.accounts.get(server.accountId);
  const { usage, allocations, problem, lastBackup, players = null } = server;
  const [allocation] = allocations;
  return {
    id: oneLine(server.identifier, 100),
    uuid: oneLine(server.uuid, 100),
    name: shownName(server),
    panel: shownPanel(account),
    node: oneLine(server.node, 200),
    state: stateOf(server, account),
    word: serverWord(server, account),
    address:
      allocation === undefined
        ? null
        : oneLine(`${allocation.alias ?? allocation.ip}:${String(allocation.port)}`, 300),
    usage: usage && {
      cpuPercent: usage.cpuPercent,
      memoryBytes: usage.memoryBytes,
      // The panel's limit, as the windows show it. The node's own limit includes an overhead (PROTOCOL trap 39).
      memoryLimitBytes: server.limits.memoryBytes,
      diskBytes: usage.diskBytes,
      uptimeMs: usage.uptimeMs,
    },
    players: players && shownPlayers(players, clock.now()),
    ...(lastBackup === undefined ? {} : { lastBackup: shownBackup(lastBackup) }),
    problem: problem && oneLine(spoken(problem.message), 500),
  };
}

/** The number of players with its age. `now` = monotonic time. */
export function shownPlayers({ seenAt, ...figure }: PlayersOnline, now: number): RemotePlayers {
  return { ...figure, ageMs: Math.max(0, now - seenAt) };
}

function shownBackup(backup: LastBackup | null): RemoteServer['lastBackup'] {
  return backup && { at: backup.at, bytes: backup.bytes };
}

export function shownName({ name }: Pick<Server, 'name'>): string {
  return oneLine(name, 200);
}

export function shownPanel(account: Pick<Account, 'label'> | undefined): string {
  return oneLine(account?.label ?? '', 100);
}

/** The server's panel, and text that distinguishes it from others with the same name (empty = the name is unique). */
export function shownPlace(
  { id, accountId }: Pick<Server, 'id' | 'accountId'>,
  { servers, accounts }: Pick<FleetState, 'servers' | 'accounts'>,
): { readonly panel: string; readonly beside: string } {
  const beside = besideText(besideNames(servers.values(), accounts.values()).get(id));
  return { panel: shownPanel(accounts.get(accountId)), beside: oneLine(beside, 400) };
}

function stateOf(server: Server, account: Account | undefined): RemoteState {
  const mark = serverMark(server, account);
  // The protocol keeps the states of its first version, because programs rely on them.
  if (mark === 'unread') return 'unknown';
  if (mark === 'unwatched') return 'running';
  if (mark !== 'busy') return mark;
  if (server.pending?.signal === 'start' || server.pending?.signal === 'restart') return 'starting';
  if (server.pending !== null) return 'stopping';
  return server.power === 'stopping' ? 'stopping' : 'starting';
}
