/** How well Perch knows the activity of a server, and why it may be missing. Pure. */
import { say, spoken } from '../../messages/messages.js';
import { closedWords } from '../panel/permission-words.js';
import { isGranted, lacking } from '../panel/permissions.js';
import type { Account, Server } from '../schema/domain.js';
import type { ServerActivity } from '../schema/fleet-activity.js';

export interface KnownActivity {
  /** null = the acts of others are unknown. */
  readonly list: ServerActivity | null;
  /** Why nobody knows, or why the lines may be old; null = the list is read as usual. Needs the area `activity`. */
  readonly why: string | null;
  /** True if the first read of the list is still to come. */
  readonly isWaiting: boolean;
  /** True if the panel refused the last read, which can be repeated now. */
  readonly isRefused: boolean;
}

const resting = { isWaiting: false, isRefused: false };

/** `latest` = the list that Perch last read through this account. */
export function knownActivity(
  server: Pick<Server, 'condition' | 'permissions'>,
  account: Account | undefined,
  latest: ServerActivity | null,
): KnownActivity {
  if (server.permissions !== null && !isGranted(server.permissions, 'activity.read'))
    return { list: null, why: spoken(lacking('activity.read')), ...resting };
  const list = latest !== null && latest.entries !== null ? latest : null;
  const closed = closedWords(server);
  if (closed !== null) return { list, why: closed, ...resting };
  if (account?.state.kind !== 'ready') return { list, why: say('activity.all-away'), ...resting };
  const problem = latest?.problem ?? null;
  if (problem !== null) return { list, why: spoken(problem.message), isWaiting: false, isRefused: true };
  return { list, why: null, isWaiting: list === null, isRefused: false };
}

/** Ranks accounts that see the same server: the account that knows more has the greater number. */
export function activityRank({ list, isWaiting }: KnownActivity): number {
  return list !== null ? 2 : isWaiting ? 1 : 0;
}
