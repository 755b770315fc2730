/** Files that have a form. Small, because the editor asks for every file before it reads the forms themselves. */

export type ConfigFileName =
  | 'ark-game'
  | 'ark-user'
  | 'bukkit'
  | 'eula'
  | 'ops'
  | 'palworld'
  | 'paper-global'
  | 'paper-world'
  | 'server-properties'
  | 'spigot'
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
];

/** The form of a file; `path` begins with `/`. null = the file has none. */
export function configFileOf(path: string): ConfigFileName | null {
  return byPath.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
