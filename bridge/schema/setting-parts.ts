/** Schemas that the table of settings is made of (`bridge/settings/settings-table.ts`). Units as in `domain.ts`. */
import * as z from 'zod';
import { mostWatched } from '../files/watched-list.js';
import { longestPlayer, longestVerbCommand } from '../players/player-verbs.js';
import { playerVerbs, type PlayerVerb } from '../players/verb-names.js';
import { commandMistake } from '../players/verb-command.js';
import { fleetColumns } from '../settings/fleet-columns.js';
import { mostKept } from '../settings/settings-limits.js';
import { alertChannelSchema } from './alert-channels.js';
import { alertSettingsSchema } from './alerts.js';
import { backupRulesSchema } from './backup-rules.js';
import { dismissedFixSchema } from './fix-its.js';
import { pathSchema } from './files.js';
import { queryChoiceSchema } from './players.js';
import { proxySettingSchema } from './proxy.js';
import { quietMeansSchema } from './quiet-backups.js';
import { emptyWishSchema } from './when-empty.js';

/** A saved console command, available on every server. */
const snippetSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  command: z.string().min(1).max(4000),
});
export type Snippet = z.infer<typeof snippetSchema>;

/** The user's group of servers, possibly from several panels, in the user's order. */
const serverGroupSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  isCollapsed: z.boolean().default(false),
  serverIds: z.array(z.string().max(300)).max(mostKept.serversOfGroup),
});
export type ServerGroup = z.infer<typeof serverGroupSchema>;

/** Difference of the watched files of a server from the default files (`bridge/files/watched-list.ts`). */
const watchedChoiceSchema = z.object({
  added: z.array(pathSchema).max(mostWatched).readonly(),
  taken: z.array(pathSchema).max(mostWatched).readonly(),
});

/** The user's commands about players on one server; null = this server has no such command. */
const ownVerbsSchema = z
  .partialRecord(z.enum(playerVerbs), z.string().max(longestVerbCommand).nullable())
  .refine((verbs) =>
    Object.entries(verbs).every(
      ([verb, command]) =>
        typeof command !== 'string' || commandMistake(verb as PlayerVerb, command) === null,
    ),
  );

/** Names of players, or ids that a game sends. */
const watchedNamesSchema = z.array(z.string().min(1).max(longestPlayer)).max(mostKept.watchedNames);

const fleetColumnSchema = z.enum(fleetColumns);

/** The user's columns of the fleet's table. */
const fleetColumnsSchema = z.object({
  /** null = as many as fit. */
  chosen: z.array(fleetColumnSchema).max(100).nullable(),
  /** Columns that the user moved; the others follow in default order. */
  order: z.array(fleetColumnSchema).max(100),
  /** Widths in pixels; columns without an entry have the default width. */
  widths: z.partialRecord(fleetColumnSchema, z.number().int().min(48).max(1200)),
});

const sidebarSchema = z.object({
  /** Section key -> whether the section is folded; missing = default. Groups store this themselves. */
  folds: z.record(z.string().max(300), z.boolean()).refine((folds) => Object.keys(folds).length <= 1000),
  /** Width in pixels if the window has room; null = default. */
  width: z.number().int().min(200).max(480).nullable().default(null),
  /** True = show only icons, even with room for more. */
  isRail: z.boolean().default(false),
});

/**
 * The makers of schemas that settings need. The whole of `z` as a value would bring all of zod into main, 480 KB with
 * its messages in fifty languages.
 */
const makers = {
  array: z.array,
  boolean: z.boolean,
  enum: z.enum,
  literal: z.literal,
  number: z.number,
  object: z.object,
  record: z.record,
  string: z.string,
};

export const settingParts = {
  z: makers,
  alertChannel: alertChannelSchema,
  alertSettings: alertSettingsSchema,
  backupRules: backupRulesSchema,
  dismissedFix: dismissedFixSchema,
  emptyWish: emptyWishSchema,
  fleetColumns: fleetColumnsSchema,
  ownVerbs: ownVerbsSchema,
  proxySetting: proxySettingSchema,
  queryChoice: queryChoiceSchema,
  quietMeans: quietMeansSchema,
  serverGroup: serverGroupSchema,
  sidebar: sidebarSchema,
  snippet: snippetSchema,
  watchedChoice: watchedChoiceSchema,
  watchedNames: watchedNamesSchema,
};
export type SettingParts = typeof settingParts;
export type AnySchema = z.ZodType;
export type Valid<S extends AnySchema> = z.output<S>;
