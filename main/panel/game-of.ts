/** Guesses the game of a server from the panel's description. Hosts choose all names, so any text is possible. */
import type { Game } from '../../bridge/panel/games.js';

export interface GameFacts {
  /** Name of the egg (PROTOCOL 2.1, `relationships.egg`); empty if the panel omits the egg. */
  readonly egg: string;
  readonly features: readonly string[];
  /** Startup command with values filled in; values are hidden for users without `startup.read`. */
  readonly invocation: string;
  readonly image: string;
}

interface Traits {
  /** Matches the lower-case name of the egg. */
  readonly egg: RegExp;
  /** Matches a file or flag in the startup command. */
  readonly command?: RegExp;
  /** Matches the name of the Docker image. */
  readonly image?: RegExp;
  /** A feature that the game's eggs declare. */
  readonly feature?: string;
}

/**
 * Traits per game. Narrow entries come before wide ones: "Vanilla Bedrock" is not a Java server.
 * Egg names come from pterodactyl/panel, parkervcp/eggs and pelican-eggs.
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
  ['seven-days', { egg: /\b7 ?days to die\b|\b7dtd\b|\bsdtd\b/, command: /\b7daystodieserver\b/ }],
  ['palworld', { egg: /\bpalworld\b/, command: /\bpalserver\b/ }],
  ['factorio', { egg: /\b(?:factorio|clusterio)\b/, command: /\bfactorio\b/ }],
  [
    'terraria',
    { egg: /\b(?:terraria|t-?shock|tmodloader)\b/, command: /\b(?:terrariaserver|tmodloader|tshock)\b/ },
  ],
  ['valheim', { egg: /\bvalheim\b/, command: /\bvalheim_server\b/, image: /\bvalheim\b/ }],
  ['ark', { egg: /\bark\b/, command: /\b(?:shootergameserver|arkascendedserver)\b/ }],
  // Eggs for the programming language Rust exist too.
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
  // Common runtimes of bots, for names that match no entry above.
  ['bot', { egg: /\b(?:node(?:\.?js)?|python|bun|deno)\b/, image: /\byolks:(?:nodejs|python|bun|deno)_/ }],
];

/** Characters read of each text. Startup commands are the longest; their first part is enough. */
const mostRead = 2000;

/** The game of a server; null = unknown. The egg's name counts more than the startup command. */
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
