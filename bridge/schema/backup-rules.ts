/** Schema of the rules for backups: which backups stay, and when Perch makes new backups. */
import * as z from 'zod';
import { mostKept } from '../settings/settings-limits.js';
import { alertScopeSchema } from './alerts.js';

/** Numbers of backups that a rule keeps; 0 = this tier keeps none. All 0 = the rule keeps everything. */
const keepSchema = z.object({
  last: z.number().int().min(0).max(1000),
  daily: z.number().int().min(0).max(1000),
  weekly: z.number().int().min(0).max(1000),
  monthly: z.number().int().min(0).max(1000),
});
export type Keep = z.infer<typeof keepSchema>;

/** Which good backups Perch copies to this computer; `daily` = one of each day. */
export const backupFetchSchema = z.enum(['none', 'each', 'daily']);
export type BackupFetch = z.infer<typeof backupFetchSchema>;

/** Fields of a rule about the backups of its servers. A missing field is inherited. */
export const backupChoicesSchema = z
  .object({
    /** Backups on the panel; null = keep all. */
    keep: keepSchema.nullable(),
    /** True if the rule may delete backups that a person made. */
    byHand: z.boolean(),
    /** Copies on this computer; null = keep all. */
    copies: keepSchema.nullable(),
    fetch: backupFetchSchema,
    /** Most days since the last good backup; 0 = no limit. */
    goodDays: z.number().int().min(0).max(1000),
    /** A backup every day; null = none. */
    plan: z
      .object({
        /** Minutes since local midnight. */
        minute: z.number().int().min(0).max(1439),
        /** True if the server saves its world or stops before the backup. */
        quietly: z.boolean(),
      })
      .nullable(),
  })
  .partial();
export type BackupChoices = z.infer<typeof backupChoicesSchema>;

const backupRuleSchema = z.object({ scope: alertScopeSchema, choices: backupChoicesSchema });
export type BackupRule = z.infer<typeof backupRuleSchema>;

export const backupRulesSchema = z.object({
  /** For all servers, unless a rule says otherwise. */
  all: backupChoicesSchema,
  rules: z.array(backupRuleSchema).max(mostKept.rules),
});
export type BackupRules = z.infer<typeof backupRulesSchema>;
