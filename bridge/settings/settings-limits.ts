/**
 * Longest permitted lists in the settings, for imports and for lists that grow automatically.
 * Without zod, for windows.
 */
export const mostKept = {
  pins: 10_000,
  groups: 200,
  serversOfGroup: 10_000,
  snippets: 200,
  ownRoles: 100,
  rules: 10_000,
  dismissedFixes: 2000,
  serversLeftOut: 10_000,
  nodesLeftOut: 1000,
  visits: 200,
  warningCommands: 1000,
  begunBackups: 200,
  fileBackups: 200,
  madeByRule: 100,
  madeByRuleServers: 1000,
  quietBackups: 1000,
  watchedFiles: 300,
  playerVerbs: 1000,
  plannedBackups: 10_000,
  sharedLogs: 50,
  channels: 50,
  queriesOff: 1000,
  queryChoices: 10_000,
  answeredQueries: 10_000,
  watchedServers: 1000,
  watchedNames: 50,
  whenEmpty: 1000,
} as const;
