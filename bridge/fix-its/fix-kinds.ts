/** Names of the known causes. Windows import this file, so it does without zod. */

/** Causes whose message names a thing of the line: a plugin, mod, file or option (`FixIt.about`). */
export const namedFixKinds = [
  'jar-missing',
  'jar-broken',
  'main-class',
  'java-option',
  'native-library',
  'native-missing',
  'glibc',
  'restart-script',
  'plugin-dependency',
  'plugin-load',
  'plugin-enable',
  'plugin-twice',
  'plugin-api',
  'plugin-folia',
  'mod-missing',
  'mod-version',
  'mod-mixin',
  'mod-load',
  'mod-error',
  'mod-loader',
  'loader-files',
  'config-file',
  'host-unknown',
  'start-file',
  'start-command',
  'start-permission',
  'file-permission',
  'file-missing',
  'steam-update',
  'map-missing',
  'package-missing',
  'database-login',
] as const;
export type NamedFixKind = (typeof namedFixKinds)[number];

/**
 * `image` = the node could not create a container from the Docker image; `steam-account` = the Steam token;
 * `hytale-login` = the game waits until somebody has signed in on a page;
 * `never-up` = the start does not finish; `killed` = exit code 137 without another sign;
 * `reported` = a crash report names no known cause.
 */
export const plainFixKinds = [
  'eula',
  'java',
  'memory',
  'disk',
  'port',
  'processes',
  'steam-account',
  'steam-disk',
  'hytale-login',
  'image',
  'never-up',
  'killed',
  'reported',
  'java-too-new',
  'heap-size',
  'native-crash',
  'hang',
  'plugin-version',
  'plugin-paper',
  'mod-client',
  'mod-twice',
  'world-locked',
  'world-newer',
  'world-broken',
  'ticking-entity',
  'ticking-block',
  'config-broken',
  'address',
  'download',
  'proxy-config',
  'architecture',
  'start-syntax',
  'disk-read-only',
  'game-crash',
  'steam-login',
  'server-password',
  'entities-full',
  'code-syntax',
  'node-version',
  'node-abi',
  'bot-token',
  'bot-intents',
  'database-away',
] as const;

export function isNamedFix(kind: string): kind is NamedFixKind {
  return (namedFixKinds as readonly string[]).includes(kind);
}
