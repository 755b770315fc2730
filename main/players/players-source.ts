import type { Server } from '../../bridge/schema/domain.js';
import type { QueryState, ServerPlayers } from '../../bridge/schema/players.js';
import type { Source } from '../base/feed-source.js';
import type { FleetStore } from '../fleet/store.js';
import { barePlace } from './asked-place.js';
import type { AskedServer } from './asked-server.js';
import type { ConsoleNames } from './console-names.js';
import type { PanelCounts } from './panel-counts.js';
import type { PlayerQueries } from './player-queries.js';
import { whyOff, type QuerySettings } from './query-choices.js';

export interface PlayersSourceDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: { readonly current: QuerySettings; listen(listener: () => void): () => void };
  readonly queries: Pick<PlayerQueries, 'stateOf' | 'placesOf' | 'nextAt' | 'show' | 'listen'>;
  readonly consoleNames: Pick<ConsoleNames, 'of' | 'listen'>;
  readonly counts: Pick<PanelCounts, 'stateOf' | 'show' | 'listen'>;
  /** Whether the game of a server hides or invents names. */
  hidesNames(server: Server): boolean;
}

/** Feed of the players of one server. A server with this feed in a window counts as in sight. */
export function playersSource(deps: PlayersSourceDeps): Source<'players'> {
  const { store, settings, queries, counts, consoleNames } = deps;
  return ({ serverId }, sink) => {
    const now = (): ServerPlayers => playersOf(deps, store.state.servers.get(serverId));
    const tell = (): void => sink.change(now());
    const tellOf = (id: string): void => {
      if (id === serverId) tell();
    };
    sink.snapshot(now());
    const ends = [
      queries.show(serverId),
      counts.show(serverId),
      queries.listen(tellOf),
      counts.listen(tellOf),
      consoleNames.listen(tellOf),
      settings.listen(tell),
      store.listen(({ previous, next }) => {
        const before = previous.servers.get(serverId);
        const after = next.servers.get(serverId);
        if (before?.players !== after?.players || before?.power !== after?.power) tell();
      }),
    ];
    return () => ends.forEach((end) => end());
  };
}

/** Everything that Perch knows about the players of a server. */
export function playersOf(deps: PlayersSourceDeps, server: Server | undefined): ServerPlayers {
  const { queries, counts, settings } = deps;
  const asked = server === undefined ? null : queries.stateOf(server);
  const answer = asked?.answer ?? null;
  const counted = server === undefined ? null : counts.stateOf(server);
  const isHidden = server !== undefined && deps.hidesNames(server);
  const named = (answer === null ? counted?.byName.all : asked?.byName.all) ?? null;
  // "Nobody" is no list of names while the console counts players.
  const isLate = named?.length === 0 && (server?.players?.count ?? 0) > 0;
  const names = isHidden || isLate ? null : named;
  const isUntold = answer === null && (counted?.online ?? null) === null;
  // Without an answer, the failure is about the place of the last question.
  const place = (answer === null ? asked?.failedAt : null) ?? asked?.found ?? asked?.asked ?? null;
  return {
    online: server?.players ?? null,
    bots: answer?.bots ?? 0,
    map: answer?.map ?? counted?.map ?? null,
    ...(names !== null
      ? { names: [...names], countOnly: null }
      : (namesOfConsole(deps, server) ?? { names: null, countOnly: whyNoNames(isHidden, isUntold) })),
    panel: counted?.state ?? null,
    query: {
      state: stateOf(deps, server, asked),
      place: place === null ? null : barePlace(place),
      choice: settings.current.queryChoices[server?.id ?? ''] ?? null,
      askedAt: asked?.askedAt ?? null,
      answeredAt: asked?.answeredAt ?? null,
      nextAt: server === undefined ? null : queries.nextAt(server),
      problem: asked?.problem ?? null,
    },
  };
}

type Names = Pick<ServerPlayers, 'names' | 'ofConsole' | 'countOnly'>;

/** Names from the console; null if the console named nobody and somebody may be on. */
function namesOfConsole(
  { consoleNames }: Pick<PlayersSourceDeps, 'consoleNames'>,
  server: Server | undefined,
): Names | null {
  const said = server === undefined ? null : consoleNames.of(server.id);
  if (said === null) return null;
  const { since, players } = said;
  const count = server?.players?.count ?? null;
  // A console may miss a player who leaves, so its names do not count against the number 0.
  const names = count === 0 ? [] : [...players];
  if (names.length === 0 && count !== 0) return null;
  return { names, ofConsole: { since, isWhole: names.length === count }, countOnly: null };
}

/** `isUntold` = neither game nor panel answered. */
function whyNoNames(isHidden: boolean, isUntold: boolean): ServerPlayers['countOnly'] {
  if (isHidden) return 'hidden';
  return isUntold ? 'not-asked' : 'no-names';
}

function stateOf(
  { queries, settings }: PlayersSourceDeps,
  server: Server | undefined,
  asked: AskedServer | null,
): QueryState {
  if (server === undefined) return 'idle';
  const off = whyOff(settings.current, server);
  if (off !== null) return off;
  if (server.power !== 'running') return 'idle';
  if (queries.placesOf(server).length === 0) return 'unknown-game';
  if (asked?.isBlocked === true) return 'blocked';
  if (server.reach?.kind === 'silent') return 'silent';
  return asked?.answer ? 'answers' : 'looking';
}
