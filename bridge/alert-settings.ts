/**
 * What a person wants to be told of. Each kind is on or off for all servers; a panel, a group and a server inherit that
 * and may differ, the narrowest last.
 */
import * as z from 'zod';
import { defaultSettings } from './default-settings.js';

export const alertKinds = [
  /** It crashed, and is not started again. */
  'stays-down',
  /** It crashed; or it ended, or restarted, where nobody saw how. */
  'crashed',
  /** Not by the person. */
  'stopped',
  'slow-start',
  /** A node or a panel does not answer. */
  'outage',
  /** A key is refused, or a certificate has changed. */
  'access',
  'disk',
  'memory',
  'cpu',
  /** By somebody else, and seen. */
  'restarted',
  'started',
  'install',
  'backup',
  'suspended',
  /** Added, removed, or moved to another node. */
  'roster',
] as const;
export type AlertKind = (typeof alertKinds)[number];

export const alertSwitchesSchema = z.partialRecord(z.enum(alertKinds), z.boolean());
export type AlertSwitches = z.infer<typeof alertSwitchesSchema>;

export const alertScopeSchema = z.object({
  kind: z.enum(['panel', 'group', 'server']),
  id: z.string().min(1).max(300),
});
export type AlertScope = z.infer<typeof alertScopeSchema>;

/** What is different for a panel, a group or a server. */
export const alertRuleSchema = z.object({
  scope: alertScopeSchema,
  switches: alertSwitchesSchema,
  /** Nothing is told of it at all. */
  isMuted: z.boolean(),
  /** Nothing is told until then, the system's time; `back` = until it runs, or answers, again. */
  snoozedUntil: z.union([z.number(), z.literal('back')]).nullable(),
});
export type AlertRule = z.infer<typeof alertRuleSchema>;

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
  switches: alertSwitchesSchema,
  limits: z.object({ cpu: limitSchema, memory: limitSchema, disk: limitSchema }),
  /** 0 = never. */
  slowStartMinutes: z.number().int().min(0).max(1440),
  quietHours: quietHoursSchema.nullable(),
  rules: z.array(alertRuleSchema).max(10_000),
});
const field = fields.shape;

export const alertSettingsSchema = fields.extend({
  switches: field.switches.default(defaults.switches),
  limits: field.limits.default(defaults.limits),
  slowStartMinutes: field.slowStartMinutes.default(defaults.slowStartMinutes),
  quietHours: field.quietHours.default(defaults.quietHours),
  rules: field.rules.default(defaults.rules),
});
export type AlertSettings = z.infer<typeof alertSettingsSchema>;

/** On by default: what asks for a person. */
const onByDefault: readonly AlertKind[] = [
  'stays-down',
  'crashed',
  'stopped',
  'slow-start',
  'outage',
  'access',
  'disk',
];

/** Where an alert belongs: the ids of the server, the groups that hold it, and its panel's account. */
export interface AlertPlace {
  readonly serverId: string | null;
  readonly groupIds: readonly string[];
  readonly accountId: string;
}

/** The rules that are about a place, the narrowest first. */
export function rulesOf(settings: Pick<AlertSettings, 'rules'>, place: AlertPlace): readonly AlertRule[] {
  const isAbout: Record<AlertScope['kind'], (id: string) => boolean> = {
    server: (id) => id === place.serverId,
    group: (id) => place.groupIds.includes(id),
    panel: (id) => id === place.accountId,
  };
  return (['server', 'group', 'panel'] as const).flatMap((kind) =>
    settings.rules.filter(({ scope }) => scope.kind === kind && isAbout[kind](scope.id)),
  );
}

/** Whether this kind is on there. Of several groups one that says yes is enough. */
export function isSwitchedOn(
  settings: Pick<AlertSettings, 'rules' | 'switches'>,
  kind: AlertKind,
  place: AlertPlace,
): boolean {
  const said = rulesOf(settings, place).filter(({ switches }) => switches[kind] !== undefined);
  const narrowest = said.filter(({ scope }) => scope.kind === said[0]?.scope.kind);
  if (narrowest.length > 0) return narrowest.some(({ switches }) => switches[kind] === true);
  return settings.switches[kind] ?? onByDefault.includes(kind);
}

/** Whether nothing of it is to be told now, whatever is on. `wall` = what the system's clock says. */
export function isSilenced(settings: Pick<AlertSettings, 'rules'>, place: AlertPlace, wall: number): boolean {
  return rulesOf(settings, place).some(
    ({ isMuted, snoozedUntil }) =>
      isMuted || snoozedUntil === 'back' || (snoozedUntil !== null && wall < snoozedUntil),
  );
}

/** `minute` = minutes since midnight, where the person is. */
export function isQuiet({ quietHours }: Pick<AlertSettings, 'quietHours'>, minute: number): boolean {
  if (quietHours === null) return false;
  const { from, to } = quietHours;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}
