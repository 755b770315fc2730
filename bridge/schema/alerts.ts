/** What the person's wishes about alerts look like, for those who parse them. Windows have the functions, without zod. */
import * as z from 'zod';
import { alertKinds } from '../alerts/alert-kinds.js';
import { defaultSettings } from '../settings/default-settings.js';
import { mostKept } from '../settings/settings-limits.js';

const alertSwitchesSchema = z.partialRecord(z.enum(alertKinds), z.boolean());

const alertScopeSchema = z.object({
  kind: z.enum(['panel', 'group', 'server']),
  id: z.string().min(1).max(300),
});
export type AlertScope = z.infer<typeof alertScopeSchema>;

/** What is different for a panel, a group or a server. */
const alertRuleSchema = z.object({
  scope: alertScopeSchema,
  switches: alertSwitchesSchema,
  /** Nothing is told of it at all. */
  isMuted: z.boolean(),
  /** Nothing is told until then, the system's time; `back` = until it runs, or answers, again. */
  snoozedUntil: z.union([z.number(), z.literal('back')]).nullable(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

/** "Tell me when": once, whatever else is on. */
const oneTimeAlertSchema = z.object({
  serverId: z.string().min(1).max(300),
  when: z.enum(['up', 'stopped', 'empty']),
  /** It has come true, and waits for the end of the quiet hours; the system's time. */
  metAt: z.number().nullable(),
});
export type OneTimeAlert = z.infer<typeof oneTimeAlertSchema>;

const limitSchema = z.object({
  percent: z.number().int().min(1).max(1000),
  seconds: z.number().int().min(0).max(86_400),
});

/** Minutes since midnight. Where `to` is not later than `from`, it is on the next day. */
const quietHoursSchema = z.object({
  from: z.number().int().min(0).max(1439),
  to: z.number().int().min(0).max(1439),
});
export type QuietHours = z.infer<typeof quietHoursSchema>;

const defaults = defaultSettings.alerts;
const fields = z.object({
  /** Without it nothing is told but what the person has asked for by itself. */
  isOn: z.boolean(),
  switches: alertSwitchesSchema,
  limits: z.object({ cpu: limitSchema, memory: limitSchema, disk: limitSchema }),
  /** 0 = never. */
  slowStartMinutes: z.number().int().min(0).max(1440),
  quietHours: quietHoursSchema.nullable(),
  rules: z.array(alertRuleSchema).max(mostKept.rules),
  wishes: z.array(oneTimeAlertSchema).max(10_000),
});
const field = fields.shape;

export const alertSettingsSchema = fields.extend({
  isOn: field.isOn.default(defaults.isOn),
  switches: field.switches.default(defaults.switches),
  limits: field.limits.default(defaults.limits),
  slowStartMinutes: field.slowStartMinutes.default(defaults.slowStartMinutes),
  quietHours: field.quietHours.default(defaults.quietHours),
  rules: field.rules.default(defaults.rules),
  wishes: field.wishes.default(defaults.wishes),
});
export type AlertSettings = z.infer<typeof alertSettingsSchema>;
