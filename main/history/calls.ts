/** Calls that read the history: usage, states and events. */
import type { CallOutput } from '../../bridge/schema/contract.js';
import type { CallTable } from '../base/calls.js';
import type { EventMemory, Past } from '../base/past.js';
import type { Clock } from '../base/ports.js';
import { wallAhead } from '../base/wall-ahead.js';
import { playersWeek } from './busy-hours.js';
import { sparkLine } from './spark-points.js';

export interface HistoryCallsDeps {
  readonly clock: Clock;
  readonly past: Past & Pick<EventMemory, 'events'>;
  /** Account of a server; undefined for an unknown server. */
  readonly accountOf: (serverId: string) => string | undefined;
}

/** Number of events for the marks of one chart: more than a chart can show. */
const mostMarks = 3000;

export function historyCalls({ clock, past, accountOf }: HistoryCallsDeps) {
  return {
    'history.usage': async ({ serverId, range }) => ({ samples: [...(await past.usage(serverId, range))] }),
    'history.sparks': async ({ serverIds }) => ({
      lines: await Promise.all(
        serverIds.map(async (serverId) => ({
          serverId,
          points: sparkLine(await past.usage(serverId, '1h')),
        })),
      ),
    }),
    'history.states': async ({ serverId, from, to }) => ({
      runs: [...(await past.states(serverId, from, to))],
    }),
    'history.statesOf': ({ serverIds, from, to }) => statesOf(past, serverIds, from, to),
    'players.week': async ({ serverId }) => {
      const samples = await past.usage(serverId, '30d');
      // Hours of the week are in local time.
      const ahead = wallAhead(clock);
      const { peak, best } = playersWeek(samples.map((one) => ({ ...one, at: one.at + ahead })));
      return { peak: peak === null ? null : { ...peak, at: peak.at - ahead }, best };
    },
    'events.older': ({ before, limit, serverId }) =>
      past.events({ before, limit, about: serverId === undefined ? null : [serverId] }),
    'events.ofServer': async ({ serverId, from }) => {
      const accountId = accountOf(serverId);
      const about = [serverId, ...(accountId === undefined ? [] : [accountId])];
      const { events } = await past.events({ before: null, limit: mostMarks, about, from });
      return { events };
    },
  } satisfies CallTable;
}

/** Reads one server at a time, so that hundreds of servers do not keep the disk busy at once. */
async function statesOf(
  past: Past,
  serverIds: readonly string[],
  from: number,
  to: number,
): Promise<CallOutput<'history.statesOf'>> {
  const servers = [];
  for (const serverId of new Set(serverIds)) {
    const runs = await past.states(serverId, from, to);
    if (runs.some(({ state }) => state !== 'unknown')) servers.push({ serverId, runs: [...runs] });
  }
  return { servers };
}
