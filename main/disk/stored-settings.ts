/** What a settings file's text says as settings of today. Pure. */
import * as z from 'zod';
import { settingsSchema, type Settings } from '../../bridge/domain.js';
import { parseJson } from '../base/json.js';

/** Raised by one with each change of `settings.json` that defaults can't absorb; then `migrations` gets an entry. */
export const settingsVersion = 2;

/** From version N to N + 1, by N. */
type Migrations = Readonly<Record<number, (old: Record<string, unknown>) => Record<string, unknown>>>;
const migrations: Migrations = {
  // One switch for crashes alone became the switch of all notifications.
  1: ({ notifyCrash, ...others }) => {
    const alerts = alertsFields.safeParse(others['alerts']).data ?? {};
    return notifyCrash === false ? { ...others, alerts: { ...alerts, isOn: false } } : others;
  },
};
const alertsFields = z.record(z.string(), z.unknown());

const fileSchema = z.object({
  version: z.number().int().positive(),
  settings: z.record(z.string(), z.unknown()),
});

export interface StoredSettings {
  readonly settings: Settings;
  /** False where something did not fit and is left out. */
  readonly isWhole: boolean;
}

/**
 * Fields that do not fit get their default; of a list the elements that fit stay, for each is something that the
 * person made. null when the whole text is damaged or comes from a newer Perch.
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
  if (whole.success) return { settings: whole.data, isWhole: true };
  return { settings: settingsSchema.parse(whatFits(settings)), isWhole: false };
}

function whatFits(settings: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      const kept = fitting(value, (candidate) => settingsSchema.safeParse({ [name]: candidate }).success);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

/** The value without what does not fit in it: elements of lists, and one wrong field of an object; else undefined. */
function fitting(value: unknown, fits: (candidate: unknown) => boolean): unknown {
  if (fits(value)) return value;
  if (Array.isArray(value)) {
    const elements = value
      .map((element) => fitting(element, (candidate) => fits([candidate])))
      .filter((element) => element !== undefined);
    return fits(elements) ? elements : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, field] of Object.entries(value)) {
    const whole = { ...value, [name]: fitting(field, (candidate) => fits({ ...value, [name]: candidate })) };
    if (fits(whole)) return whole;
  }
  return undefined;
}
