/** Converts the text of a settings file of any version to current settings. Pure. */
import * as z from 'zod';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { settingsSchema, type Settings } from '../../bridge/schema/settings.js';
import {
  readFields,
  recordSchema,
  type FieldsFormat,
  type Migrations,
  type RawFields,
  type Stored,
} from './stored-fields.js';

/** Raised with each change of `settings.json` that defaults can't absorb; `migrations` then gets an entry. */
export const settingsVersion = 3;

const visitSchema = z.object({ serverId: z.string(), at: z.number() });
/** The valid elements of a list. */
const fitting = <T>(list: unknown, schema: z.ZodType<T>): T[] =>
  Array.isArray(list) ? list.flatMap((each) => schema.safeParse(each).data ?? []) : [];

const migrations: Migrations = {
  // The switch for crash notifications became the switch for all notifications.
  1: ({ notifyCrash, ...others }) => {
    const alerts = recordSchema.safeParse(others['alerts']).data ?? {};
    return notifyCrash === false ? { ...others, alerts: { ...alerts, isOn: false } } : others;
  },
  // The recently opened servers and the time of each server's last visit became one list.
  2: ({ recent, ...others }) => {
    const opened = fitting(recent, z.string());
    const visits = fitting(others['visits'], visitSchema);
    const known = new Map(visits.map((visit) => [visit.serverId, visit]));
    const latest = [...new Set(opened)].map((serverId) => known.get(serverId) ?? { serverId, at: 0 });
    const older = visits.filter(({ serverId }) => !opened.includes(serverId));
    const all = [...latest, ...older].slice(0, mostKept.visits);
    return { ...others, visits: all, ...withoutOldPassword(others['proxy']) };
  },
};

/**
 * The form of the stored password has changed, so the user has to enter it again. Until then Perch uses the proxy
 * without a password.
 */
function withoutOldPassword(proxy: unknown): RawFields {
  const way = recordSchema.safeParse(proxy).data;
  const own = recordSchema.safeParse(way?.['own']).data;
  if (own === undefined) return {};
  const password = own['password'] === 'none' ? 'none' : 'lost';
  return { proxy: { ...way, own: { turn: 0, ...own, password } } };
}

export const settingsFormat: FieldsFormat<Settings> = {
  name: 'settings',
  version: settingsVersion,
  schema: settingsSchema,
  migrations,
  renamed: ({ alerts, ...others }) => {
    const { wishes, ...names } = recordSchema.safeParse(alerts).data ?? {};
    return wishes === undefined
      ? { ...others, alerts }
      : { ...others, alerts: { oneTimeAlerts: wishes, ...names } };
  },
};

/** Reads the text of a settings file, or of the settings in an export. null for a damaged text or one of a newer Perch. */
export function readSettings(text: string): Stored<Settings> | null {
  return readFields(text, settingsFormat);
}
