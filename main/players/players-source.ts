import type { Server } from '../../bridge/schema/domain.js';
import type { QueryState, ServerPlayers } from '../../bridge/schema/players.js';
import type { Source } from '../base/feed-source.js';
import type { FleetStore } from '../fleet/store.js';
import { barePlace } from './asked-place.js';
import type { AskedServer } from './asked-server.js';
import type { PlayerQueries } from './player-queries.js';
import { whyOff, type QuerySettings } from './query-choices.js';

export interface PlayersSourceDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: { readonly current: QuerySettings; listen(listener: () => void): () => void };
  readonly queries: Pick<PlayerQueries, 'stateOf' | 'placesOf' | 'nextAt' | 'show' | 'listen'>;
  /** Whether the game of a server hides or invents names. */
  hidesNames(server: Server): boolean;
}

/** Feed of the players of one server. A server with this feed in a window counts as in sight. */
export function playersSource(deps: PlayersSourceDeps): Source<'players'> {
  const { store, settings, queries } = deps;
  return ({ serverId }, sink) => {
    const now = (): ServerPlayers => playersOf(deps, store.state.servers.get(serverId));
    const tell = (): void => sink.change(now());
    sink.snapshot(now());
    const ends = [
      queries.show(serverId),
      queries.listen((id) => {
        if (id === serverId) tell();
      }),
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
  const { queries, settings } = deps;
  const asked = server === undefined ? null : queries.stateOf(server);
  const answer = asked?.answer ?? null;
  const isHidden = server !== undefined && deps.hidesNames(server);
  const names = isHidden ? null : (asked?.byName.all ?? null);
  const place = asked?.found ?? asked?.asked ?? null;
  return {
    online: server?.players ?? null,
    bots: answer?.bots ?? 0,
    map: answer?.map ?? null,
    names: names === null ? null : [...names],
    countOnly: isHidden ? 'hidden' : answer === null ? 'not-asked' : names === null ? 'no-names' : null,
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
