import type { QueryChoice } from '../../bridge/schema/players.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import type { CallTable } from '../base/calls.js';
import type { PanelCounts } from './panel-counts.js';
import type { PlayerQueries } from './player-queries.js';

interface QueryCallsDeps {
  readonly queries: Pick<PlayerQueries, 'askNow' | 'renew'>;
  readonly counts: Pick<PanelCounts, 'askNow'>;
  readonly settings: {
    update(change: (now: Settings) => Pick<Settings, 'queryChoices'>): Promise<unknown>;
  };
}

/** Calls of windows about questions to games. */
export function queryCalls({ queries, counts, settings }: QueryCallsDeps) {
  return {
    'players.setQuery': async ({ serverId, ...choice }) => {
      await settings.update(({ queryChoices }) => ({
        queryChoices: withChoice(queryChoices, serverId, choice),
      }));
      queries.renew(serverId);
    },
    'players.askNow': ({ serverId }) => {
      queries.askNow(serverId);
      counts.askNow(serverId);
    },
  } satisfies CallTable;
}

/** An empty choice counts as no choice. */
function withChoice(
  choices: Settings['queryChoices'],
  serverId: string,
  choice: QueryChoice,
): Settings['queryChoices'] {
  const others = Object.entries(choices).filter(([id]) => id !== serverId);
  const { protocol, host, port, isOff } = choice;
  const isNone = !isOff && protocol === null && host === null && port === null;
  // Beyond the limit, the oldest choice is dropped.
  const kept = others.slice(-(mostKept.queryChoices - 1));
  return Object.fromEntries(isNone ? others : [...kept, [serverId, choice]]);
}
