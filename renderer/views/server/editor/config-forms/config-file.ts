/** Files that have a form. Small, because the editor asks for every file before it reads the forms themselves. */
import type { Game } from '../../../../../bridge/panel/games.js';
import type { OpenedText } from '../../../../../bridge/schema/texts.js';

export type ConfigFileName =
  | 'ark-game'
  | 'ark-user'
  | 'bedrock-properties'
  | 'bukkit'
  | 'eula'
  | 'ops'
  | 'palworld'
  | 'paper-global'
  | 'paper-world'
  | 'pocketmine-properties'
  | 'server-properties'
  | 'spigot'
  | 'velocity'
  | 'whitelist';

const byPath: readonly (readonly [RegExp, ConfigFileName])[] = [
  [/\/server\.properties$/i, 'server-properties'],
  [/\/eula\.txt$/i, 'eula'],
  [/\/ops\.json$/i, 'ops'],
  [/\/whitelist\.json$/i, 'whitelist'],
  [/\/PalWorldSettings\.ini$/i, 'palworld'],
  // Other games of Unreal have files of the same names.
  [/\/ShooterGame\/.*\/GameUserSettings\.ini$/i, 'ark-user'],
  [/\/ShooterGame\/.*\/Game\.ini$/i, 'ark-game'],
  [/\/spigot\.yml$/i, 'spigot'],
  [/\/bukkit\.yml$/i, 'bukkit'],
  [/\/paper-global\.yml$/i, 'paper-global'],
  [/\/paper-world-defaults\.yml$/i, 'paper-world'],
  [/\/velocity\.toml$/i, 'velocity'],
];

/**
 * The form of an opened file; `path` begins with `/`. null = the file has no form. Several kinds of servers write a
 * `server.properties`; the opened text and the server's game tell them apart.
 */
export function configFileOf(
  path: string,
  opened: OpenedText | null,
  game: Game | null,
): ConfigFileName | null {
  if (opened?.kind !== 'text') return null;
  const name = byPath.find(([pattern]) => pattern.test(path))?.[1] ?? null;
  return name === 'server-properties' ? propertiesOf(opened.text, game) : name;
}

/** The text counts before the game, which Perch guesses from the egg that the host named. */
function propertiesOf(text: string, game: Game | null): ConfigFileName {
  const isJava = /^#Minecraft server properties/.test(text);
  const isBedrock = /^server-portv6[ \t]*=/m.test(text) || (game === 'bedrock' && !isJava);
  if (!isBedrock) return 'server-properties';
  // Bedrock's own server has no `motd`; PocketMine-MP and Nukkit have the names of the Java edition.
  return /^motd[ \t]*=/m.test(text) ? 'pocketmine-properties' : 'bedrock-properties';
}
