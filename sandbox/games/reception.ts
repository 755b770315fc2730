import type { GameName } from './catalogue.js';
import type { Properties } from './properties.js';
import type { Door } from './query/door.js';
import { minecraftQuery } from './query/minecraft-query.js';
import { minecraftStatus } from './query/minecraft-status.js';
import type { QueriedGame, QueriedPlayer } from './query/queried-game.js';
import { QueryServer } from './query/query-server.js';

type Environment = Readonly<Record<string, string>>;

export interface ReceptionDeps {
  game: GameName;
  /** Name of the server in the panel. */
  name: string;
  environment: Environment;
  properties: Properties;
  players: () => readonly QueriedPlayer[];
  refused: (door: string) => void;
}

/** How a game presents itself to queries. */
interface Presence {
  slots: (environment: Environment, properties: Properties) => number;
  facts: (deps: ReceptionDeps) => Pick<QueriedGame, 'title' | 'version' | 'map' | 'hasPassword' | 'names'>;
  doors: (deps: ReceptionDeps, place: { ip: string; port: number }) => readonly Door[];
}

const newestMinecraft = '1.21.10';

const presences: Readonly<Record<GameName, Presence | null>> = {
  survival: {
    slots: (_, properties) => numberIn(properties['max-players'], 20),
    facts: ({ name, environment, properties }) => ({
      title: properties['motd'] ?? name,
      version: minecraftVersion(environment),
      map: properties['level-name'] ?? 'world',
      hasPassword: false,
      names: properties['hide-online-players'] === 'true' ? 'none' : 'real',
    }),
    doors: ({ environment, properties }, { ip, port }) => {
      const brand = environment['BUILD_NUMBER'] === undefined ? '' : 'Paper';
      const query = { port, ip, brand: brand || 'Vanilla', now: Date.now };
      const queryPort = numberIn(properties['query.port'], port);
      return [
        { transport: 'tcp', port, talk: minecraftStatus(brand) },
        // The game has this off at first; hosts switch it on.
        ...(properties['enable-query'] === 'false'
          ? []
          : [{ transport: 'udp', port: queryPort, talk: minecraftQuery(query) } as const]),
      ];
    },
  },
  proxy: {
    slots: () => 500,
    facts: ({ name }) => ({
      title: name,
      version: `1.7.2-${newestMinecraft}`,
      map: 'world',
      hasPassword: false,
      // Velocity sends names only with `sample-players-in-ping`.
      names: 'none',
    }),
    doors: (_, { port }) => [{ transport: 'tcp', port, talk: minecraftStatus('Velocity') }],
  },
  rust: null,
  valheim: null,
};

/** Most players of the game at once. */
export function slotsOf(game: GameName, environment: Environment, properties: Properties): number {
  return presences[game]?.slots(environment, properties) ?? 100;
}

/** Answers to queries at the server's address; null if the address is not on loopback. */
export function receptionOf(deps: ReceptionDeps): QueryServer | null {
  const { game, environment, properties, players, refused } = deps;
  const { SERVER_IP: ip = '', SERVER_PORT = '' } = environment;
  const port = numberIn(SERVER_PORT, 0);
  const presence = presences[game];
  if (presence === null || !/^127(?:\.\d{1,3}){3}$/.test(ip) || port === 0) return null;
  return new QueryServer({
    address: ip,
    doors: presence.doors(deps, { ip, port }),
    game: () => ({
      ...presence.facts(deps),
      slots: presence.slots(environment, properties),
      players: players(),
    }),
    refused,
  });
}

function minecraftVersion(environment: Environment): string {
  const asked = environment['MINECRAFT_VERSION'] ?? environment['VANILLA_VERSION'] ?? '';
  return /^\d/.test(asked) ? asked : newestMinecraft;
}

function numberIn(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : otherwise;
}
