/** Converts the text of a settings file of any version to current settings. Pure. */
import * as z from 'zod';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { settingsSchema, type Settings } from '../../bridge/schema/settings.js';
import { parseJson } from '../base/json.js';
import { whatFits } from './what-fits.js';

/** Raised with each change of `settings.json` that defaults can't absorb; `migrations` then gets an entry. */
export const settingsVersion = 3;

const recordSchema = z.record(z.string(), z.unknown());
const visitSchema = z.object({ serverId: z.string(), at: z.number() });
/** The valid elements of a list. */
const fitting = <T>(list: unknown, schema: z.ZodType<T>): T[] =>
  Array.isArray(list) ? list.flatMap((each) => schema.safeParse(each).data ?? []) : [];

/** Migrations from version N to N + 1, by N. */
type Migrations = Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>>;
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

/** The password is stored in another form now and has to be entered again. Until then the proxy is used without one. */
function withoutOldPassword(proxy: unknown): Record<string, unknown> {
  const way = recordSchema.safeParse(proxy).data;
  const own = recordSchema.safeParse(way?.['own']).data;
  if (own === undefined) return {};
  const password = own['password'] === 'none' ? 'none' : 'lost';
  return { proxy: { ...way, own: { turn: 0, ...own, password } } };
}

const fileSchema = z.object({
  version: z.number().int().positive(),
  settings: recordSchema,
});

export interface StoredSettings {
  readonly settings: Settings;
  /** False if parts were invalid and left out. */
  readonly isWhole: boolean;
  /** The valid fields of the text, before defaults filled the rest. */
  readonly kept: Readonly<Record<string, unknown>>;
}

/**
 * Reads settings. Invalid fields get their default; lists keep their valid elements, because the user made each of
 * them. null for a damaged text or one of a newer Perch.
 */
export function readSettings(
  text: string,
  steps = migrations,
  current = settingsVersion,
): StoredSettings | null {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success || file.data.version > current) return null;
  let { settings } = file.data;
  for (let version = file.data.version; version < current; version++) {
    const step = steps[version];
    if (step === undefined) return null;
    settings = step(settings);
  }
  const whole = settingsSchema.safeParse(settings);
  if (whole.success) return { settings: whole.data, isWhole: true, kept: settings };
  const kept = recordSchema.parse(whatFits(settings, settingsSchema));
  return { settings: settingsSchema.parse(kept), isWhole: false, kept };
}
