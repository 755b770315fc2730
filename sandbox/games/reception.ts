import type { GameName } from './catalogue.js';
import type { Properties } from './properties.js';
import { numberIn, presences } from './presences.js';
import type { QueriedPlayer } from './query/queried-game.js';
import { QueryServer } from './query/query-server.js';

export interface ReceptionDeps {
  game: GameName;
  /** Name of the server in the panel. */
  name: string;
  environment: Readonly<Record<string, string>>;
  properties: Properties;
  players: () => readonly QueriedPlayer[];
  refused: (door: string) => void;
}

/** Most players of the game at once. */
export function slotsOf(
  game: GameName,
  environment: Readonly<Record<string, string>>,
  properties: Properties,
): number {
  return presences[game].slots(environment, properties);
}

/** Answers to queries at the server's address; null if the address is not on loopback. */
export function receptionOf(deps: ReceptionDeps): QueryServer | null {
  const { game, environment, properties, players, refused } = deps;
  const { SERVER_IP: ip = '', SERVER_PORT = '' } = environment;
  const port = numberIn(SERVER_PORT, 0);
  const presence = presences[game];
  const listed = { name: deps.name, environment, properties };
  if (!/^127(?:\.\d{1,3}){3}$/.test(ip) || port === 0) return null;
  return new QueryServer({
    address: ip,
    doors: presence.doors(listed, { ip, port }),
    game: () => ({
      ...presence.facts(listed),
      slots: presence.slots(environment, properties),
      players: players(),
    }),
    refused,
  });
}
