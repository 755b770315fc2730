/** What a person has made and chosen: main stores it, windows change it. Units as in `domain.ts`. */
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

/** A command that the person keeps for the console, on every server. */
const snippetSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  command: z.string().min(1).max(4000),
});
export type Snippet = z.infer<typeof snippetSchema>;

/** A group of servers that the person made; servers of several panels, in the person's order. */
const serverGroupSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(200),
  isCollapsed: z.boolean().default(false),
  serverIds: z.array(z.string().max(300)).max(mostKept.serversOfGroup),
});
export type ServerGroup = z.infer<typeof serverGroupSchema>;

const fleetColumnSchema = z.enum(fleetColumns);

/** What a person has made of the columns of the fleet's table. */
const fleetColumnsSchema = z.object({
  /** null = those that there is room for. */
  chosen: z.array(fleetColumnSchema).max(100).nullable(),
  /** Those that were put somewhere; the others follow as usual. */
  order: z.array(fleetColumnSchema).max(100),
  /** Pixels; as usual where there is none. */
  widths: z.partialRecord(fleetColumnSchema, z.number().int().min(48).max(1200)),
});

const sidebarSchema = z.object({
  /** By the key of a section, whether it is folded; as usual where it is not said. Groups keep it themselves. */
  folds: z.record(z.string().max(300), z.boolean()).refine((folds) => Object.keys(folds).length <= 1000),
  /** Pixels, where there is room for so many; null = as usual. */
  width: z.number().int().min(200).max(480).nullable().default(null),
  /** Whether only its icons are wanted, also where there is room for more. */
  isRail: z.boolean().default(false),
});

const settingFields = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', ...writtenLanguages]),
  confirmStop: z.boolean(),
  confirmRestart: z.boolean(),
  /** The pause between two servers of a bulk action. */
  bulkPauseMs: z.number().int().min(0).max(600_000),
  /** The most servers that are to be live at a time; null = as many as the panels' limits allow. */
  liveLimit: z.number().int().min(0).max(10_000).nullable(),
  consoleWrap: z.boolean(),
  consoleTimestamps: z.boolean(),
  snippets: z.array(snippetSchema).max(mostKept.snippets),
  /** Server ids in the person's order. A server that is not there (any more) is passed over, not removed. */
  pins: z.array(z.string().max(300)).max(mostKept.pins),
  groups: z.array(serverGroupSchema).max(mostKept.groups),
  /** Ids of servers, and nodes as `nodeKey` names them, that the tray's icon knows nothing of. */
  leftOutOfIcon: z.object({
    servers: z.array(z.string().max(300)).max(mostKept.serversLeftOut),
    nodes: z.array(z.string().max(500)).max(mostKept.nodesLeftOut),
  }),
  fleetColumns: fleetColumnsSchema,
  sidebar: sidebarSchema,
  /** How players were last warned of a restart. */
  restartWarning: z.object({
    minutes: z.literal(warningMinutes),
    /** null = as the language has it. */
    message: z.string().min(1).max(500).nullable(),
    /** By id of the server, where it is not the usual one. */
    commands: z
      .record(z.string().max(300), z.string().max(500).includes(textMark))
      .refine((commands) => Object.keys(commands).length <= mostKept.warningCommands),
  }),
  /** Those that the last bulk stop really stopped, to start exactly them again. */
  stoppedTogether: z
    .object({ at: z.number(), serverIds: z.array(z.string().max(300)).max(10_000) })
    .nullable(),
  /** Until when the person has looked at what happened, the system's time. */
  eventsSeenAt: z.number().min(0),
  /** The servers that the person has opened, the latest first, and until when they have looked at each, the system's time. */
  visits: z.array(z.object({ serverId: z.string().max(300), at: z.number().min(0) })).max(mostKept.visits),
  alerts: alertSettingsSchema,
  /** The keys that open Perch from anywhere, in Electron's words, and what they open. */
  shortcut: z
    .object({ keys: z.string().max(100).refine(isAccelerator), opens: z.enum(['popover', 'palette']) })
    .nullable(),
  /** What the person is told or offered once only, and was. */
  told: z.array(z.enum(['autostart', 'goes-on', 'no-tray'])).max(100),
  /** A Flatpak can't look up whether the session starts it: what it was last told. */
  startedByPortal: z.boolean(),
  /** What the person does not want to be shown any more, for a server each. */
  dismissedFixes: z.array(dismissedFixSchema).max(mostKept.dismissedFixes),
  /** Whether Perch looks for new versions of itself, and for which. */
  updates: z.object({ isOn: z.boolean(), channel: z.enum(updateChannels) }),
  /** What Perch remembers of them from one run to the next. */
  updatesSeen: z.object({
    /** When the feed was last read, the system's time. */
    checkedAt: z.number().nullable(),
    /** Of this version the person was told. */
    told: z.string().max(100).nullable(),
    skipped: z.string().max(100).nullable(),
    /** Downloaded, and to be installed at the end of that run. */
    pending: z.string().max(100).nullable(),
    /** Drawn once, 0 to 99: from which percentage of a staged roll-out on this computer takes part. Never sent. */
    lot: z.number().int().min(0).max(99).nullable(),
  }),
  /** Which proxy counts; the call `network.setProxy` alone changes it. */
  proxy: proxySettingSchema,
});
const setting = settingFields.shape;

/**
 * Some of the settings. What is left out stays as it is, so no default fills it in here. The proxy is not among them: a
 * window could lead its password elsewhere.
 */
export const settingsPatchSchema = settingFields.omit({ proxy: true }).partial();

export const settingsSchema = settingFields.extend({
  theme: setting.theme.default(defaults.theme),
  language: setting.language.default(defaults.language),
  confirmStop: setting.confirmStop.default(defaults.confirmStop),
  confirmRestart: setting.confirmRestart.default(defaults.confirmRestart),
  bulkPauseMs: setting.bulkPauseMs.default(defaults.bulkPauseMs),
  liveLimit: setting.liveLimit.default(defaults.liveLimit),
  consoleWrap: setting.consoleWrap.default(defaults.consoleWrap),
  consoleTimestamps: setting.consoleTimestamps.default(defaults.consoleTimestamps),
  snippets: setting.snippets.default(defaults.snippets),
  pins: setting.pins.default(defaults.pins),
  groups: setting.groups.default(defaults.groups),
  leftOutOfIcon: setting.leftOutOfIcon.default(defaults.leftOutOfIcon),
  fleetColumns: setting.fleetColumns.default(defaults.fleetColumns),
  sidebar: setting.sidebar.default(defaults.sidebar),
  restartWarning: setting.restartWarning.default(defaults.restartWarning),
  stoppedTogether: setting.stoppedTogether.default(defaults.stoppedTogether),
  eventsSeenAt: setting.eventsSeenAt.default(defaults.eventsSeenAt),
  visits: setting.visits.default(defaults.visits),
  alerts: setting.alerts.prefault({}),
  shortcut: setting.shortcut.default(defaults.shortcut),
  told: setting.told.default(defaults.told),
  startedByPortal: setting.startedByPortal.default(defaults.startedByPortal),
  dismissedFixes: setting.dismissedFixes.default(defaults.dismissedFixes),
  updates: setting.updates.default(defaults.updates),
  updatesSeen: setting.updatesSeen.default(defaults.updatesSeen),
  proxy: setting.proxy.default(defaults.proxy),
});
export type Settings = z.infer<typeof settingsSchema>;
