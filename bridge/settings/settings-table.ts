/**
 * Every setting: its schema, its default, and what an import does with it.
 *
 * Windows start with the defaults until main has sent the real settings. They bundle this table but not zod, so a schema
 * is a function of `settingParts`, which only main and the specs call.
 */
import { sentence, verbatim, writtenLanguages } from '../../messages/messages.js';
import { alertDefaults } from '../alerts/alert-defaults.js';
import type { SettingParts, Valid } from '../schema/setting-parts.js';
import { duration } from '../text/duration.js';
import { bytes } from '../text/figures.js';
import { updateChannels } from '../updates.js';
import { isAccelerator } from './accelerator.js';
import { isLogService, usualLogService } from './log-service.js';
import { onOff, setting, toggle, type Imports } from './setting.js';
import { mostKept } from './settings-limits.js';
import { textMark } from '../players/fitting-text.js';
import { warningMinutes } from './warning.js';

const usualColumns = { chosen: null, order: [], widths: {} };

const settingsTable = {
  theme: setting(({ z }) => z.enum(['system', 'light', 'dark']), 'system', {
    name: 'settings.theme',
    words: (theme) => sentence(`settings.theme-${theme}`),
  }),
  language: setting(({ z }) => z.enum(['system', ...writtenLanguages]), 'system', {
    name: 'settings.language',
    words: (language) => sentence(`language.${language}`),
  }),
  confirmStop: toggle(false, 'settings.confirm-stop'),
  confirmRestart: toggle(false, 'settings.confirm-restart'),
  /** Pause between two servers of a bulk action (ms). */
  bulkPauseMs: setting(({ z }) => z.number().int().min(0).max(600_000), 2000, {
    name: 'settings.pause',
    words: (ms) => verbatim(duration(ms)),
  }),
  /** Most servers that are live at a time; null = as many as the panels' limits allow. */
  liveLimit: setting(({ z }) => z.number().int().min(0).max(10_000).nullable(), null, {
    name: 'settings.live-limit',
    words: (limit) => (limit === null ? sentence('settings.live-automatic') : verbatim(String(limit))),
  }),
  /** Whether Perch reads the configuration files of servers unasked (REVISIONS "Watching"). */
  watchConfiguration: toggle(true, 'settings.watch-configuration'),
  /** Bytes per second for all downloads together; null = no limit. */
  transferLimit: setting(({ z }) => z.number().int().min(102_400).max(10_737_418_240).nullable(), null, {
    name: 'transfers.limit',
    words: (limit) => (limit === null ? sentence('transfers.no-limit') : verbatim(`${bytes(limit)}/s`)),
  }),
  consoleWrap: toggle(true, 'exports.console-wrap'),
  consoleTimestamps: toggle(false, 'exports.console-times'),
  snippets: setting(({ z, snippet }) => z.array(snippet).max(mostKept.snippets), [], 'list'),
  /** Roles of the user: named sets of permissions for people who share servers. */
  ownRoles: setting(
    ({ z }) =>
      z
        .array(
          z.object({
            id: z.string().min(1).max(64),
            name: z.string().trim().min(1).max(60),
            permissions: z.array(z.string().max(100)).max(500),
          }),
        )
        .max(mostKept.ownRoles),
    [],
    'list',
  ),
  /** Server ids in the user's order. Unknown servers are ignored, not removed. */
  pins: setting(({ z }) => z.array(z.string().max(300)).max(mostKept.pins), [], 'list'),
  groups: setting(({ z, serverGroup }) => z.array(serverGroup).max(mostKept.groups), [], 'list'),
  /** Server ids and node keys (`nodeKey`) that the tray icon ignores. */
  leftOutOfIcon: setting(
    ({ z }) =>
      z.object({
        servers: z.array(z.string().max(300)).max(mostKept.serversLeftOut),
        nodes: z.array(z.string().max(500)).max(mostKept.nodesLeftOut),
      }),
    { servers: [], nodes: [] },
    'list',
  ),
  fleetColumns: setting(({ fleetColumns }) => fleetColumns, usualColumns, {
    name: 'columns.of-table',
    words: (columns) => {
      const isUsual = JSON.stringify(columns) === JSON.stringify(usualColumns);
      return sentence(isUsual ? 'columns.as-usual' : 'columns.own');
    },
  }),
  sidebar: setting(({ sidebar }) => sidebar, { folds: {}, width: null, isRail: false }, 'own'),
  /** The user's last warning of a restart. */
  restartWarning: setting(
    ({ z }) =>
      z.object({
        minutes: z.literal(warningMinutes),
        /** null = default text of the language. */
        message: z.string().min(1).max(500).nullable(),
        /** Server id -> command that broadcasts to players, if it is not the default. */
        commands: z
          .record(z.string().max(300), z.string().max(500).includes(textMark))
          .refine((commands) => Object.keys(commands).length <= mostKept.warningCommands),
      }),
    { minutes: 5, message: null, commands: {} },
    'own',
  ),
  /** Server id -> how quiet backups keep the game from writing, if not as usual for the game. */
  quietBackups: setting(
    ({ z, quietMeans }) =>
      z
        .record(z.string().max(300), quietMeans)
        .refine((means) => Object.keys(means).length <= mostKept.quietBackups),
    {},
    'own',
  ),
  /** Server id -> console commands about players that differ from those of the game. */
  playerVerbs: setting(
    ({ z, ownVerbs }) =>
      z
        .record(z.string().max(300), ownVerbs)
        .refine((verbs) => Object.keys(verbs).length <= mostKept.playerVerbs),
    {},
    'own',
  ),
  /** Server id -> which text files Perch watches, if not the usual ones of the game. */
  watchedFiles: setting(
    ({ z, watchedChoice }) =>
      z
        .record(z.string().max(300), watchedChoice)
        .refine((choices) => Object.keys(choices).length <= mostKept.watchedFiles),
    {},
    'own',
  ),
  /** Which game servers Perch asks for players: all but those of some panels. `queryChoices` has single servers. */
  playerQueries: setting(
    ({ z }) =>
      z.object({ isOn: z.boolean(), offAccounts: z.array(z.string().max(100)).max(mostKept.queriesOff) }),
    { isOn: true, offAccounts: [] },
    'own',
  ),
  /** Server id -> the user's choice how Perch asks its game. Only the call `players.setQuery` changes this setting. */
  queryChoices: setting(
    ({ z, queryChoice }) =>
      z
        .record(z.string().max(300), queryChoice)
        .refine((choices) => Object.keys(choices).length <= mostKept.queryChoices),
    {},
    'own',
  ),
  /** Server id -> players by name, or by the id that a game sends, whose coming is an alert. */
  watchedPlayers: setting(
    ({ z, watchedNames }) =>
      z
        .record(z.string().max(300), watchedNames)
        .refine((watched) => Object.keys(watched).length <= mostKept.watchedServers),
    {},
    'own',
  ),
  /** Server id -> what Perch does once nobody is on. Only the call `players.setWhenEmpty` changes this setting. */
  whenEmpty: setting(
    ({ z, emptyWish }) =>
      z
        .record(z.string().max(300), emptyWish)
        .refine((wishes) => Object.keys(wishes).length <= mostKept.whenEmpty),
    {},
    'own',
  ),
  alerts: setting(({ alertSettings }) => alertSettings, alertDefaults, 'list'),
  /** Only the calls `channels.…` change them. */
  channels: setting(({ z, alertChannel }) => z.array(alertChannel).max(mostKept.channels), [], 'own'),
  /** Only the call `backupRules.set` changes them. */
  backupRules: setting(({ backupRules }) => backupRules, { all: {}, rules: [] }, 'list'),
  /** The folder for copies of backups; null = none. Only the user's command line changes it. */
  copiesFolder: setting(({ z }) => z.string().min(1).max(4000).nullable(), null, 'own'),
  /** Program for editing files of servers; null = the system's program for a file. Only the user's dialog changes it. */
  ownEditor: setting(({ z }) => z.string().min(1).max(4000).nullable(), null, 'own'),
  /** Global shortcut as an Electron accelerator, with the window that it opens; null = none. */
  shortcut: setting(
    ({ z }) =>
      z
        .object({ keys: z.string().max(100).refine(isAccelerator), opens: z.enum(['popover', 'palette']) })
        .nullable(),
    null,
    {
      name: 'system.shortcut',
      words: (shortcut) => (shortcut === null ? sentence('exports.none') : verbatim(shortcut.keys)),
    },
  ),
  /** Fix-its that the user dismissed, per server. */
  dismissedFixes: setting(
    ({ z, dismissedFix }) => z.array(dismissedFix).max(mostKept.dismissedFixes),
    [],
    'list',
  ),
  /** Whether Perch checks for updates, and on which channel. */
  updates: setting(
    ({ z }) => z.object({ isOn: z.boolean(), channel: z.enum(updateChannels) }),
    { isOn: true, channel: 'stable' },
    {
      name: 'settings.section-updates',
      words: ({ isOn, channel }) => (isOn ? sentence(`updates.channel-${channel}`) : onOff(false)),
    },
  ),
  /** Address of the service that takes shared logs. */
  logService: setting(({ z }) => z.string().max(300).refine(isLogService), usualLogService, 'own'),
  /** Only the call `network.setProxy` changes it. */
  proxy: setting(({ proxySetting }) => proxySetting, { use: 'system', own: null }, 'own'),
};

type Table = typeof settingsTable;
export type SettingName = keyof Table;
type Fields = { readonly [Name in SettingName]: ReturnType<Table[Name]['schema']> };
export type Settings = { [Name in SettingName]: Valid<Fields[Name]> };

export const settingNames = Object.keys(settingsTable) as SettingName[];

function eachSetting<T>(valueOf: (one: Table[SettingName]) => unknown): T {
  return Object.fromEntries(settingNames.map((name) => [name, valueOf(settingsTable[name])])) as T;
}

export const defaultSettings = eachSetting<Settings>((one) => one.default);

export const settingImports = eachSetting<{ readonly [Name in SettingName]: Imports<Settings[Name]> }>(
  (one) => one.imports,
);

/** The schema of each setting, without defaults. */
export function settingFields(parts: SettingParts): Fields {
  return eachSetting<Fields>(({ schema }) => schema(parts));
}
