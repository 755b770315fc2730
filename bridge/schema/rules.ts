/** Rules of the user: what makes Perch act, when, and with which steps (RULES "A rule"). Durations are in ms. */
import * as z from 'zod';
import { ruleFaults } from '../rules/rule-checks.js';
import { ruleLimits as most } from '../rules/rule-limits.js';
import {
  ruleConditionSchema,
  ruleModeSchema,
  ruleStepSchema,
  ruleTargetSchema,
  ruleTriggerSchema,
} from './rule-parts.js';

export const ruleSchema = z
  .object({
    id: z.string().min(1).max(most.idLength),
    name: z.string().min(1).max(most.nameLength),
    isOn: z.boolean(),
    mode: ruleModeSchema,
    /** Most runs on one server in a time. */
    atMost: z.object({
      times: z.number().int().min(1).max(most.times),
      withinMs: z.number().int().min(60_000).max(most.longestWithinMs),
    }),
    target: ruleTargetSchema,
    trigger: ruleTriggerSchema,
    /** null = no condition. */
    condition: ruleConditionSchema.nullable(),
    steps: z.array(ruleStepSchema).min(1).max(most.steps),
    /** When the user agreed to exactly this rule, wall-clock ms since the epoch; null = the rule does not act. */
    agreedAt: z.number().nullable(),
  })
  .superRefine((rule, { addIssue }) => {
    for (const fault of ruleFaults(rule)) addIssue({ code: 'custom', message: fault });
  });
export type Rule = z.infer<typeof ruleSchema>;
