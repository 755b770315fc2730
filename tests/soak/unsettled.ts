import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Condition, PowerState, Server } from '../../bridge/schema/domain.js';
import { serverMark, type ServerMark } from '../../bridge/fleet/marks.js';
import { conditionBlock } from '../../bridge/panel/permissions.js';
import type { Transcript } from './transcript.js';

/** True facts about one server. */
export interface Truth {
  readonly id: string;
  readonly isListed: boolean;
  readonly name: string;
  readonly condition: Condition;
  readonly state: PowerState;
  /** State a moment ago, if known: news of the current state may still be on its way. */
  readonly lately?: PowerState;
}

/** Differences between Perch's view and the truth. */
export function unsettledIn(
  { accounts, servers }: FleetState,
  truths: readonly Truth[],
): Transcript['unsettled'] {
  const failed = [...accounts.values()]
    .filter(({ state }) => state.kind !== 'ready')
    .map(({ id, state }) => ({ serverId: id, what: `account ${state.kind}` }));
  const wrong = truths.flatMap((truth) => {
    const server = servers.get(truth.id);
    return server === undefined || !truth.isListed
      ? missing(truth, server !== undefined)
      : differences(truth, server, serverMark(server, accounts.get(server.accountId)));
  });
  return [...failed, ...wrong];
}

function missing({ id, isListed }: Truth, isThere: boolean): Transcript['unsettled'] {
  if (isThere === isListed) return [];
  return [{ serverId: id, what: isThere ? 'is still there' : 'is missing' }];
}

function differences(truth: Truth, row: Server, mark: ServerMark): Transcript['unsettled'] {
  const { id: serverId, state, lately, condition } = truth;
  const found: string[] = [];
  if (row.name !== truth.name) found.push(`is called ${row.name}`);
  if (row.condition !== condition) found.push(`is ${row.condition}, not ${condition}`);
  if (conditionBlock(condition) === null) {
    const { kind } = row.link;
    if (row.power !== state && (lately === undefined || row.power !== lately))
      found.push(`shows ${mark} (${row.power ?? 'unknown'}, link ${kind}), is ${state}`);
    else if (kind === 'refused') found.push('link refused');
    else if (mark === 'unknown' || mark === 'unread') found.push(`mark ${mark}`);
  }
  return found.map((what) => ({ serverId, what }));
}
