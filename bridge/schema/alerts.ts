/** Schema of the alert settings. Windows use the functions in `bridge/alerts`, which do without zod. */
import * as z from 'zod';
import { alertKinds } from '../alerts/alert-kinds.js';
import { alertDefaults } from '../alerts/alert-defaults.js';
import { mostKept } from '../settings/settings-limits.js';
import { withDefaults } from './with-defaults.js';

export const alertSwitchesSchema = z.partialRecord(z.enum(alertKinds), z.boolean());

export const alertScopeSchema = z.object({
  kind: z.enum(['panel', 'group', 'server']),
  id: z.string().min(1).max(300),
});
export type AlertScope = z.infer<typeof alertScopeSchema>;

/** Overrides for a panel, a group or a server. */
const alertRuleSchema = z.object({
  scope: alertScopeSchema,
  switches: alertSwitchesSchema,
  /** True if this scope gives no alerts at all. */
  isMuted: z.boolean(),
  /**
   * No alerts until this time (wall-clock time, ms since the epoch); `back` = until the server runs again, or the
   * panel or node answers again.
   */
  snoozedUntil: z.union([z.number(), z.literal('back')]).nullable(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** One-time alert ("Notify me once when …"); sent even if its kind is off. */
const oneTimeAlertSchema = z.object({
  serverId: z.string().min(1).max(300),
  when: z.enum(['up', 'stopped', 'empty', 'joined', 'full']),
  /**
   * When the condition came true; the alert then waits for the end of the quiet hours.
   * Wall-clock time, ms since the epoch.
   */
  metAt: z.number().nullable(),
});
export type OneTimeAlert = z.infer<typeof oneTimeAlertSchema>;

const limitSchema = z.object({
  percent: z.number().int().min(1).max(1000),
  seconds: z.number().int().min(0).max(86_400),
});

/** Minutes since midnight. If `to` is not later than `from`, the period ends on the next day. */
const quietHoursSchema = z.object({
  from: z.number().int().min(0).max(1439),
  to: z.number().int().min(0).max(1439),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** Each field gets its default of `alertDefaults`. */
const fields = {
  /** Main switch; false leaves only one-time alerts. */
  isOn: z.boolean(),
  switches: alertSwitchesSchema,
  limits: z.object({ cpu: limitSchema, memory: limitSchema, disk: limitSchema }),
  /** Minutes until a start counts as slow; 0 = never. */
  slowStartMinutes: z.number().int().min(0).max(1440),
  quietHours: quietHoursSchema.nullable(),
  rules: z.array(alertRuleSchema).max(mostKept.rules),
  oneTimeAlerts: z.array(oneTimeAlertSchema).max(10_000),
};

export const alertSettingsSchema = withDefaults(fields, alertDefaults);
export type AlertSettings = z.infer<z.ZodObject<typeof fields>>;
