/** Export and import of the user's rules (RULES "Export and import"). */
import * as z from 'zod';
import { ruleLimits } from '../rules/rule-limits.js';
import { ruleSchema } from './rules.js';

const importedRulesSchema = z.object({
  rules: z.array(
    z.object({
      /** Without an agreement; `id` is of no use here. */
      rule: ruleSchema,
      /** Servers and groups of the rule that Perch does not have here. */
      missing: z.number().int(),
    }),
  ),
  /** Damaged rules of the file, and those that a newer Perch made. */
  leftOut: z.number().int(),
});
export type ImportedRules = z.infer<typeof importedRulesSchema>;

export const ruleFileContract = {
  /** Asks for a file and saves these rules there; `path` null = no file chosen. */
  'rules.export': {
    input: z.object({ ids: z.array(z.string().min(1).max(64)).min(1).max(ruleLimits.rules) }),
    output: z.object({ path: z.string().nullable() }),
  },
  /** Asks for a file and reads its rules; null = no file chosen. No rule changes: the window saves the chosen rules. */
  'rules.chooseImport': { input: z.void(), output: importedRulesSchema.nullable() },
};
