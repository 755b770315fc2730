/** The user's settings: main stores them, windows change them. Units as in `domain.ts`. */
import * as z from 'zod';
import { writtenLanguages } from '../../messages/messages.js';
import { fleetColumns } from '../settings/fleet-columns.js';
import { isAccelerator } from '../settings/accelerator.js';
import { alertSettingsSchema } from './alerts.js';
import { defaultSettings as defaults } from '../settings/default-settings.js';
import { dismissedFixSchema } from './fix-its.js';
import { updateChannels } from '../updates.js';
import { proxySettingSchema } from './proxy.js';
import { mostKept } from '../settings/settings-limits.js';
import { textMark, warningMinutes } from '../settings/warning.js';

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
  /** True = show only icons, even if there is room for more. */
  isRail: z.boolean().default(false),
});

const settingFields = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', ...writtenLanguages]),
  confirmStop: z.boolean(),
  confirmRestart: z.boolean(),
  /** Pause between two servers of a bulk action (ms). */
  bulkPauseMs: z.number().int().min(0).max(600_000),
  /** Most servers that are live at a time; null = as many as the panels' limits allow. */
  liveLimit: z.number().int().min(0).max(10_000).nullable(),
  consoleWrap: z.boolean(),
  consoleTimestamps: z.boolean(),
  snippets: z.array(snippetSchema).max(mostKept.snippets),
  /** Server ids in the user's order. Unknown servers are ignored, not removed. */
  pins: z.array(z.string().max(300)).max(mostKept.pins),
  groups: z.array(serverGroupSchema).max(mostKept.groups),
  /** Server ids and node keys (`nodeKey`) that the tray icon ignores. */
  leftOutOfIcon: z.object({
    servers: z.array(z.string().max(300)).max(mostKept.serversLeftOut),
    nodes: z.array(z.string().max(500)).max(mostKept.nodesLeftOut),
  }),
  fleetColumns: fleetColumnsSchema,
  sidebar: sidebarSchema,
  /** The user's last warning of a restart. */
  restartWarning: z.object({
    minutes: z.literal(warningMinutes),
    /** null = default text of the language. */
    message: z.string().min(1).max(500).nullable(),
    /** Server id -> command that broadcasts to players, if it is not the default. */
    commands: z
      .record(z.string().max(300), z.string().max(500).includes(textMark))
      .refine((commands) => Object.keys(commands).length <= mostKept.warningCommands),
  }),
  alerts: alertSettingsSchema,
  /** Global shortcut as an Electron accelerator, with the window that it opens; null = none. */
  shortcut: z
    .object({ keys: z.string().max(100).refine(isAccelerator), opens: z.enum(['popover', 'palette']) })
    .nullable(),
  /** Fix-its that the user dismissed, per server. */
  dismissedFixes: z.array(dismissedFixSchema).max(mostKept.dismissedFixes),
  /** Whether Perch checks for updates, and on which channel. */
  updates: z.object({ isOn: z.boolean(), channel: z.enum(updateChannels) }),
  /** Proxy settings; only the call `network.setProxy` changes them. */
  proxy: proxySettingSchema,
});
/**
 * Partial settings; missing fields stay as they are, so no defaults apply. Excludes the proxy, because a window could
 * redirect the proxy's password to another host.
 */
export const settingsPatchSchema = settingFields.omit({ proxy: true }).partial();

const { alerts, ...fields } = settingFields.shape;
type Fields = typeof fields;

/** Each field with its default from `defaultSettings`. A field without a default does not compile. */
const fieldsWithDefaults = Object.fromEntries(
  Object.entries(fields).map(([name, field]) => [
    name,
    (field as z.ZodType<unknown>).default(defaults[name as keyof Fields]),
  ]),
) as { [Name in keyof Fields]: z.ZodDefault<Fields[Name]> };

/** `alerts` fills in defaults field by field. */
export const settingsSchema = z.object({ ...fieldsWithDefaults, alerts: alerts.prefault({}) });
export type Settings = z.infer<typeof settingsSchema>;
