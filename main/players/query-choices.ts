/** Which servers the user lets Perch ask, and where. Pure. */
import type { QueryProtocolId } from '../../bridge/panel/query-protocols.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { QueryChoice, QueryState } from '../../bridge/schema/players.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { hostsOf } from '../query/query-hosts.js';
import { isSamePlace, type Candidate } from './asked-place.js';

export type QuerySettings = Pick<Settings, 'playerQueries' | 'queryChoices'>;

/** The setting that keeps Perch from asking; null = none. */
export function whyOff(
  { playerQueries: { isOn, offAccounts }, queryChoices }: QuerySettings,
  { id, accountId }: Pick<Server, 'id' | 'accountId'>,
): Extract<QueryState, 'off' | 'off-panel' | 'off-all'> | null {
  if (!isOn) return 'off-all';
  if (offAccounts.includes(accountId)) return 'off-panel';
  return queryChoices[id]?.isOff === true ? 'off' : null;
}

/** Places to ask: those of the game, changed by the user's choice. */
export function chosenPlaces(
  found: readonly Candidate[],
  { protocol, host, port }: QueryChoice,
  server: Pick<Server, 'allocations' | 'sftp'>,
  panelUrl: string,
): readonly Candidate[] {
  if (protocol === null && host === null && port === null) return found;
  const ofGame = found.filter((one) => protocol === null || one.protocol === protocol);
  // An unknown game with a port: nearly always Steam's protocol.
  const other = protocol ?? (port === null ? null : 'source');
  const places =
    ofGame.length > 0 || other === null ? ofGame : placesFor(other, { host, port }, server, panelUrl);
  const changed = places.map((one): Candidate => ({
    protocol: one.protocol,
    host: host ?? one.host,
    port: port ?? one.port,
    // The user knows the place.
    isCertain: one.isCertain || (protocol !== null && port !== null),
    mayBeHere: host !== null || one.mayBeHere === true,
  }));
  return changed.filter((one, at) => changed.findIndex((each) => isSamePlace(each, one)) === at);
}

/** The place for a protocol that Perch did not expect of the game. */
function placesFor(
  protocol: QueryProtocolId,
  { host, port }: Pick<QueryChoice, 'host' | 'port'>,
  server: Pick<Server, 'allocations' | 'sftp'>,
  panelUrl: string,
): readonly Candidate[] {
  const usedPort = port ?? server.allocations[0]?.port;
  if (usedPort === undefined) return [];
  const hosts = host === null ? hostsOf(server, usedPort, panelUrl) : [{ host, mayBeHere: true }];
  return hosts.map((one) => ({
    protocol,
    host: one.host,
    port: usedPort,
    isCertain: false,
    mayBeHere: one.mayBeHere,
  }));
}
