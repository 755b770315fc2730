/** Which game a server runs, told from what a panel says of it. Names are the host's own, so anything may stand in them. */
import type { Game } from '../../bridge/panel/games.js';

export interface GameFacts {
  /** The egg's name (PROTOCOL 2.1, `relationships.egg`); empty where the panel does not tell. */
  readonly egg: string;
  readonly features: readonly string[];
  /** Rendered; of a person without `startup.read` with its values hidden. */
  readonly invocation: string;
  readonly image: string;
}

interface Traits {
  /** In the name of its egg, in small letters. */
  readonly egg: RegExp;
  /** A file or a flag of its command. */
  readonly command?: RegExp;
  /** In the name of its image. */
  readonly image?: RegExp;
  /** What the panel has to do for its eggs. */
  readonly feature?: string;
}

/**
 * The narrower one before the wider one: "Vanilla Bedrock" is no Java server. Eggs as pterodactyl/panel, parkervcp/eggs and
 * pelican-eggs name them.
 */
const table: readonly (readonly [Game, Traits])[] = [
  [
    'proxy',
    {
      egg: /\b(?:velocity|bungeecord|waterfall|travertine|flamecord|xcord|vanillacord|waterdog\w{0,20}|geyser\w{0,20}|gate proxy)\b/,
      command: /\b(?:velocity|bungeecord|waterfall|travertine|waterdog\w{0,20})[\w.-]{0,60}\.jar\b/,
    },
  ],
  [
    'bedrock',
    {
      egg: /\b(?:bedrock|pocketmine\w{0,20}|(?:power)?nukkit\w{0,20}|cloudburst|gomint|liteloader)\b/,
      command: /\bbedrock_server\b|\bpocketmine-mp\.phar\b/,
    },
  ],
  ['bot', { egg: /\b(?:discord[\w.]{0,20}|\w{0,30}bot)\b/, image: /\bbot_\w+/ }],
  ['zomboid', { egg: /\bzomboid\b/, command: /\bprojectzomboid\w{0,20}/ }],
  ['palworld', { egg: /\bpalworld\b/, command: /\bpalserver\b/ }],
  ['factorio', { egg: /\b(?:factorio|clusterio)\b/, command: /\bfactorio\b/ }],
  [
    'terraria',
    { egg: /\b(?:terraria|t-?shock|tmodloader)\b/, command: /\b(?:terrariaserver|tmodloader|tshock)\b/ },
  ],
  ['valheim', { egg: /\bvalheim\b/, command: /\bvalheim_server\b/, image: /\bvalheim\b/ }],
  ['ark', { egg: /\bark\b/, command: /\b(?:shootergameserver|arkascendedserver)\b/ }],
  // The language has eggs as well.
  ['rust', { egg: /\brust\b(?! (?:generic|lang))/, command: /\brustdedicated\b/, image: /\bgames:rust\b/ }],
  [
    'source',
    {
      egg: /\b(?:counter-?strike|cs ?2|cs ?: ?(?:go|s)|csgo|garry'?s ?mod|gmod|team fortress|tf2|left 4 dead|l4d2?|half-life|hl2dm|day of defeat|insurgency|source engine|srcds|goldsource)\b/,
      command: /\b(?:srcds_run|srcds_linux|hlds_run|hlds_linux)\b/,
      feature: 'gsl_token',
    },
  ],
  [
    'minecraft',
    {
      egg: /\b(?:minecraft|paper|purpur|pufferfish|folia|spigot|craftbukkit|bukkit|sponge\w{0,20}|(?:neo)?forge|fabric|quilt|mohist|magma|arclight|ketting|curseforge|modrinth|feed the beast|ftb|technic|tekkit|glowstone|cuberite|minestom)\b|^vanilla$/,
      command:
        /\b(?:paper|purpur|spigot|craftbukkit|minecraft_server|fabric-server\w{0,20}|forge)[\w.-]{0,60}\.jar\b/,
      feature: 'eula',
    },
  ],
  [
    'voice',
    {
      egg: /\b(?:team ?speak ?\d?|ts3|teaspeak|mumble|murmur|lavalink)\b/,
      image: /\bvoice_\w+|\bteamspeak\b/,
    },
  ],
  [
    'database',
    {
      egg: /\b(?:mariadb|mysql|postgres\w{0,20}|mongodb|redis|valkey|keydb|rethinkdb|couchdb|cassandra|influxdb|database)\b/,
      image: /\b(?:mariadb|mysql|postgres|mongodb|redis|valkey|rethinkdb|cassandra)(?:_[\w.]+)?\b/,
    },
  ],
  [
    'web',
    {
      egg: /\b(?:nginx|apache|caddy|php|wordpress|web ?(?:site|server|host(?:ing)?)?)\b/,
      image: /\b(?:nginx|caddy|apache)\b/,
    },
  ],
  // What people run bots with, unless the name says what it is.
  ['bot', { egg: /\b(?:node(?:\.?js)?|python|bun|deno)\b/, image: /\byolks:(?:nodejs|python|bun|deno)_/ }],
];

/** Start commands are the longest; what stands behind this says nothing of the game. */
const mostRead = 2000;

/** null where nothing tells. What the egg is called says more than what its server is started by. */
export function gameOf({ egg, features, invocation, image }: GameFacts): Game | null {
  const name = told(egg).replaceAll('_', ' ');
  const command = told(invocation);
  const imageName = told(image);
  const find = (fits: (traits: Traits) => boolean | undefined): Game | null =>
    table.find(([, traits]) => fits(traits))?.[0] ?? null;
  return (
    find((traits) => traits.egg.test(name)) ??
    find((traits) => traits.command?.test(command)) ??
    find(({ feature }) => feature !== undefined && features.includes(feature)) ??
    find((traits) => traits.image?.test(imageName))
  );
}

function told(text: string): string {
  return text.slice(0, mostRead).toLowerCase();
}
