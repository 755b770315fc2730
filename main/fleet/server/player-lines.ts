/**
 * Console lines of games about joining, leaving and listing players. One table: a new game needs new rows only.
 * Each expression starts at the beginning of the line, with the time and level that only the game writes, so that no
 * chat message matches, not even one that a bridge to another chat prints.
 */
import { oneLine, withoutEscapes } from '../../../bridge/console/plain-line.js';

/**
 * `dropped` = left too, but the same words are used for bots: only counts for players counted before.
 * `isAltered` = the line has hidden characters, so a name in it may look like another player's name.
 */
export type PlayerNews = { readonly isAltered?: true } & (
  | {
      readonly kind: 'joined' | 'left' | 'dropped';
      /** Equal on joining and leaving: the name, or an id. */
      readonly who: string;
      /** null = the line has only an id. */
      readonly name: string | null;
    }
  | { readonly kind: 'online'; readonly count: number; readonly names: readonly string[] }
);

interface Row {
  readonly kind: PlayerNews['kind'];
  /**
   * `who` identifies the player, the same on joining and leaving. `name` is the name beside an id; with `id` instead of
   * `who` the line has no name. `count` and `names` belong to a list; a list without a count says that nobody is on.
   */
  readonly says: RegExp;
}

type Groups = Readonly<Record<string, string>>;

/** Time and level of Minecraft and its proxies: Vanilla, Paper, Forge with the name of the logger. */
const java = /^(?:\[[^\]]*\] )?\[[^\]]*INFO\](?: \[[\w.$]*\/[\w.$]*\])?: /;
const says = (rest: RegExp): RegExp => new RegExp(java.source + rest.source);

const rows: readonly Row[] = [
  // Minecraft, Java Edition
  {
    kind: 'joined',
    says: says(/(?<who>\.?\w{1,20})(?: \(formerly known as \S+\))? joined the game$/),
  },
  { kind: 'left', says: says(/(?<who>\.?\w{1,20}) left the game$/) },
  {
    kind: 'online',
    says: says(
      /There are (?<count>\d{1,5})(?: of a max(?: of)? | out of maximum |\/)\d+ players online(?:[.:]\s*(?<names>.*))?$/,
    ),
  },
  // Minecraft, Bedrock Edition
  { kind: 'joined', says: /^[^[\]]*\[[^\]]*INFO\] Player connected: (?<who>.+?), xuid:/ },
  { kind: 'left', says: /^[^[\]]*\[[^\]]*INFO\] Player disconnected: (?<who>.+?), xuid:/ },
  { kind: 'online', says: /^(?:\[[^\]]*INFO\] )?There are (?<count>\d{1,5})\/\d+ players online:$/ },
  // Velocity and BungeeCord
  { kind: 'joined', says: says(/\[connected player\] (?<who>\w{1,20}) \([^)]*\) has connected$/) },
  { kind: 'left', says: says(/\[connected player\] (?<who>\w{1,20}) \([^)]*\) has disconnected/) },
  {
    kind: 'joined',
    says: /^[^[\]]*\[[^\]]*INFO\]:? \[(?<who>\w{1,20})\] <-> ServerConnector \[[^\]]+\] has connected$/,
  },
  { kind: 'left', says: /^[^[\]]*\[[^\]]*INFO\]:? \[(?<who>\w{1,20})\] -> UpstreamBridge has disconnected$/ },
  // Source: log lines, console lines, the answer to `status`
  { kind: 'joined', says: /^L [\d/]+ - [\d:]+: "(?<who>.+?)<\d+><(?!BOT>)[^>]+><[^>]*>" entered the game$/ },
  { kind: 'left', says: /^L [\d/]+ - [\d:]+: "(?<who>.+?)<\d+><(?!BOT>)[^>]+><[^>]*>" disconnected/ },
  { kind: 'joined', says: /^Client "(?<who>.+)" connected \((?!none\))[^)]+\)\.$/ },
  { kind: 'dropped', says: /^Dropped "?(?<who>[^:]+?)"? from server \(.*\)\.?$/ },
  { kind: 'online', says: /^players +: (?<count>\d{1,5}) humans?, \d+ bots? \(/ },
  // Rust
  { kind: 'joined', says: /^(?:\[[\d:]+\] )?[\d.]+:\d+\/(?<who>\d{17})\/(?<name>.+) joined \[\w+\/\d+\]$/ },
  { kind: 'left', says: /^(?:\[[\d:]+\] )?[\d.]+:\d+\/(?<who>\d{17})\/(?<name>.+?) disconnecting: / },
  { kind: 'online', says: /^(?:\[[\d:]+\] )?players\s*: (?<count>\d{1,5}) \(\d+ max\)/ },
  // Valheim
  { kind: 'joined', says: /^[\d/]+ [\d:]+: Got handshake from client (?<id>\d+)$/ },
  { kind: 'left', says: /^[\d/]+ [\d:]+: Closing socket (?<id>\d+)$/ },
  { kind: 'online', says: /^[\d/]+ [\d:]+:\s+Connections (?<count>\d{1,5}) ZDOS:/ },
  // Terraria
  { kind: 'joined', says: /^(?:: )?(?<who>[^<>:[\]]{1,20}) has joined\.$/ },
  { kind: 'left', says: /^(?:: )?(?<who>[^<>:[\]]{1,20}) has left\.$/ },
  { kind: 'online', says: /^(?:: )?(?<count>\d{1,5}) players? connected\.$/ },
  { kind: 'online', says: /^(?:: )?No players connected\.$/ },
  // Factorio
  { kind: 'joined', says: /^[\d-]+ [\d:]+ \[JOIN\] (?<who>.+) joined the game$/ },
  { kind: 'left', says: /^[\d-]+ [\d:]+ \[LEAVE\] (?<who>.+) left the game$/ },
  { kind: 'online', says: /^Online players \((?<count>\d{1,5})\):$/ },
  // 7 Days to Die
  {
    kind: 'joined',
    says: /^\S+ [\d.]+ INF Player connected, entityid=(?<id>\d+), name=(?<name>.+?), pltfmid=/,
  },
  { kind: 'left', says: /^\S+ [\d.]+ INF Player disconnected: EntityID=(?<id>\d+),/ },
  { kind: 'online', says: /^Total of (?<count>\d{1,5}) in the game$/ },
];

/** A quick test before all expressions, because a server may print thousands of lines a second. */
const hint =
  /(?:joined|left) the game|has (?:joined|left)\.|connect|players? online|handshake|Closing socket|Dropped|players\s*:|joined \[|entered the game|Connections|Online players|in the game/;
/** Longest line in characters that a game uses for this. */
const longest = 400;

/** Facts about players in a line; null = none. */
export function playerNews(line: string): PlayerNews | null {
  if (line.length > longest || !hint.test(line)) return null;
  const text = oneLine(line, longest);
  for (const { kind, says } of rows) {
    const match = says.exec(text);
    if (match === null) continue;
    const said = match.groups ?? {};
    const altered = isAltered(line, text, said) ? ({ isAltered: true } as const) : {};
    if (kind === 'online') return { ...online(said), ...altered };
    const { who, id = '', name = who ?? null } = said;
    return { kind, who: who ?? id, name, ...altered };
  }
  return null;
}

/** Games colour whole lines, so only an escape sequence inside of a name is suspicious. */
function isAltered(line: string, text: string, { who = '', name = who, names = '' }: Groups): boolean {
  return withoutEscapes(line).trimEnd() !== text || !line.includes(name) || !line.includes(names);
}

function online({ count = '0', names = '' }: Groups): Extract<PlayerNews, { kind: 'online' }> {
  const listed = names.split(', ').filter((name) => name !== '');
  return { kind: 'online', count: Number(count), names: listed };
}
