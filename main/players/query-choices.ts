/** Which servers the user lets Perch ask, and where. Pure. */
import type { Server } from '../../bridge/schema/domain.js';
import type { QueryChoice, QueryState } from '../../bridge/schema/players.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Candidate } from './asked-server.js';

export type QuerySettings = Pick<Settings, 'playerQueries' | 'queryChoices'>;

/** What keeps Perch from asking, by the settings; null = nothing. */
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
  server: Pick<Server, 'allocations'>,
): readonly Candidate[] {
  if (protocol === null && host === null && port === null) return found;
  const [allocation] = server.allocations;
  const ofGame = found.filter((one) => protocol === null || one.protocol === protocol);
  const other: readonly Candidate[] =
    protocol === null || allocation === undefined
      ? []
      : [{ protocol, host: allocation.alias ?? allocation.ip, port: allocation.port, isCertain: false }];
  const changed = (ofGame.length > 0 ? ofGame : other).map((one): Candidate => ({
    protocol: one.protocol,
    host: host ?? one.host,
    port: port ?? one.port,
    // The user knows the place.
    isCertain: one.isCertain || (protocol !== null && port !== null),
  }));
  return changed.filter((one, at) => changed.findIndex((each) => keyOf(each) === keyOf(one)) === at);
}

function keyOf({ protocol, host, port }: Candidate): string {
  return `${protocol} ${host} ${port}`;
}
