import type { GameName } from './catalogue.js';
import type { Properties } from './properties.js';
import { bedrockPing } from './query/bedrock.js';
import type { Door } from './query/door.js';
import { fivemJson } from './query/fivem.js';
import { minecraftQuery } from './query/minecraft-query.js';
import { minecraftStatus } from './query/minecraft-status.js';
import type { QueriedGame } from './query/queried-game.js';
import { sourceQueries } from './query/source.js';
import { teamspeakQuery } from './query/teamspeak.js';

type Environment = Readonly<Record<string, string>>;

/** Facts that decide how a server presents itself. */
export interface Listed {
  /** Name of the server in the panel. */
  name: string;
  environment: Environment;
  properties: Properties;
}

/** How a game presents itself to queries. */
interface Presence {
  slots: (environment: Environment, properties: Properties) => number;
  facts: (listed: Listed) => Pick<QueriedGame, 'title' | 'version' | 'map' | 'hasPassword' | 'names'>;
  doors: (listed: Listed, place: { ip: string; port: number }) => readonly Door[];
}

const newestMinecraft = '1.21.10';

export const presences: Readonly<Record<GameName, Presence>> = {
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
        // Off by default in the game; hosts switch it on.
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
  rust: {
    slots: (environment) => numberIn(environment['MAX_PLAYERS'], 100),
    facts: ({ name, environment }) => ({
      title: environment['HOSTNAME'] ?? name,
      version: '2594',
      map: 'Procedural Map',
      hasPassword: false,
      names: 'invented',
    }),
    doors: ({ environment }, { port }) => {
      const talk = sourceQueries({
        gamePort: port,
        folder: 'rust',
        game: 'Rust',
        appId: 252_490,
        keywords: ({ slots, players }) =>
          `mp${slots},cp${players.length},qp0,v2594,weekly,stok,born1764201600`,
        rules: rustRules,
      });
      const highest = Math.max(port, numberIn(environment['RCON_PORT'], port));
      return [{ transport: 'udp', port: numberIn(environment['QUERY_PORT'], highest + 1), talk }];
    },
  },
  valheim: {
    // The game has ten places, but its answers say 64.
    slots: () => 64,
    facts: ({ name, environment }) => ({
      title: environment['SERVER_NAME'] ?? name,
      version: '1.0.0.0',
      map: environment['SERVER_NAME'] ?? name,
      hasPassword: (environment['PASSWORD'] ?? '') !== '',
      names: 'blank',
    }),
    doors: (_, { port }) => {
      const keywords = () => 'g=0.221.4,n=36,m=';
      const facts = { gamePort: port, folder: 'valheim', game: '', appId: 892_970, keywords, rules: {} };
      return [{ transport: 'udp', port: port + 1, talk: sourceQueries(facts) }];
    },
  },
  bedrock: {
    slots: (_, properties) => numberIn(properties['max-players'], 10),
    facts: ({ name, properties }) => ({
      title: properties['server-name'] ?? name,
      version: '1.21.120',
      map: properties['level-name'] ?? 'Bedrock level',
      hasPassword: false,
      names: 'none',
    }),
    doors: (_, { port }) => [
      { transport: 'udp', port, talk: bedrockPing(port, BigInt(1 + Math.floor(Math.random() * 2 ** 47))) },
    ],
  },
  garrysmod: {
    slots: (environment) => numberIn(environment['MAX_PLAYERS'], 32),
    facts: ({ name, environment }) => ({
      title: name,
      version: '2025.11.12',
      map: environment['SRCDS_MAP'] ?? 'gm_flatgrass',
      hasPassword: (environment['SERVER_PASSWORD'] ?? '') !== '',
      names: 'real',
    }),
    doors: (_, { port }) => {
      const keywords = () => ' gm:sandbox gmc:other ver:251112';
      const facts = { gamePort: port, folder: 'garrysmod', game: 'Sandbox', appId: 4000, keywords };
      return [{ transport: 'udp', port, talk: sourceQueries({ ...facts, rules: sourceRules }) }];
    },
  },
  teamspeak: {
    slots: () => 32,
    facts: ({ name }) => ({
      title: name,
      version: '3.13.7 [Build: 1655727713]',
      map: '',
      hasPassword: false,
      names: 'real',
    }),
    doors: ({ environment }, { port }) => {
      const queryPort = numberIn(environment['QUERY_PORT'], 10_011);
      return [{ transport: 'tcp', port: queryPort, talk: teamspeakQuery(port) }];
    },
  },
  fivem: {
    slots: (environment) => numberIn(environment['MAX_PLAYERS'], 48),
    facts: ({ name }) => ({
      title: `^2${name}^7`,
      version: 'FXServer-master v1.0.0.17000 linux',
      map: 'San Andreas',
      hasPassword: false,
      names: 'real',
    }),
    doors: (_, { port }) => [{ transport: 'tcp', port, talk: fivemJson }],
  },
};

/** Rust splits its description over several rules, which makes the answer longer than a packet. */
const rustRules: Readonly<Record<string, string>> = {
  build: '118234',
  ...Object.fromEntries(
    Array.from({ length: 16 }, (_, part) => [
      `description_${String(part).padStart(2, '0')}`,
      `Part ${part} of the description of an island that wipes on the first Thursday of the month, at dusk. `.repeat(
        2,
      ),
    ]),
  ),
  ent_cnt: '142918',
  fps: '60',
  pve: 'False',
};

const sourceRules: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 90 }, (_, number) => [`sbox_max_things_${number}`, String(10 * number)]),
);

function minecraftVersion(environment: Environment): string {
  const asked = environment['MINECRAFT_VERSION'] ?? environment['VANILLA_VERSION'] ?? '';
  return /^\d/.test(asked) ? asked : newestMinecraft;
}

/** A port or a count in a text. */
export function numberIn(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : otherwise;
}
