/** Calls that read the history: usage, states and events. */
import type { CallOutput } from '../../bridge/schema/contract.js';
import type { CallTable } from '../base/calls.js';
import type { EventMemory, Past } from '../base/past.js';
import { sparkLine } from './spark-points.js';

export interface HistoryCallsDeps {
  readonly past: Past & Pick<EventMemory, 'events'>;
  /** Account of a server; undefined for an unknown server. */
  readonly accountOf: (serverId: string) => string | undefined;
}

/** Number of events for the marks of one chart: more than a chart can show. */
const mostMarks = 3000;

export function historyCalls({ past, accountOf }: HistoryCallsDeps) {
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
