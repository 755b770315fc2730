import * as z from 'zod';
import { ownFixtures, readJsonFiles, recordedFixtures } from './fixtures.js';

/** Laravel's verdict on a value: names of the failed rules in order; null = Laravel threw an error. */
export interface RuleVerdict {
  passes: boolean | null;
  failed: string[];
}

export interface JudgedValue {
  /** A list where the egg keeps its rules separate, as newer eggs do. */
  rules: string | string[];
  value: string | null;
  /** Verdict on the value itself; null = not in the set. */
  raw: RuleVerdict | null;
  /** Verdict on the value after the panel's normalisation. */
  http: RuleVerdict;
}

export interface VerdictSet {
  name: string;
  isRecorded: boolean;
  values: JudgedValue[];
}

const rules = z.union([z.string(), z.array(z.string())]);
const verdict = z.object({ passes: z.boolean().nullable(), failed: z.array(z.string()).default([]) });
const recordedFile = z.array(
  z.object({
    rules,
    cases: z.array(z.object({ value: z.string().nullable(), raw: verdict, http: verdict })),
  }),
);
/** The project's own set groups values by verdict (tests/fixtures/README.md). */
const ownFile = z.array(
  z.strictObject({
    rules,
    passes: z.array(z.string()).default([]),
    fails: z.record(z.string(), z.string()).default({}),
    throws: z.array(z.string()).default([]),
  }),
);

/** The project's own table of verdicts, and the recorded table where it exists. */
export function verdictSets(): VerdictSet[] {
  const own = { name: 'own verdicts', isRecorded: false, values: ownVerdicts() };
  const folder = recordedFixtures('egg-rules');
  if (folder === null) return [own];
  return [own, { name: 'recorded verdicts of Laravel', isRecorded: true, values: recordedVerdicts(folder) }];
}

function ownVerdicts(): JudgedValue[] {
  const sets = readJsonFiles(ownFixtures('egg-rules')).flatMap(({ content }) => ownFile.parse(content));
  return sets.flatMap((set) => {
    const judged = (value: string, passes: boolean | null, failed: string[] = []): JudgedValue => ({
      rules: set.rules,
      value,
      raw: null,
      http: { passes, failed },
    });
    return [
      ...set.passes.map((value) => judged(value, true)),
      ...Object.entries(set.fails).map(([value, names]) => judged(value, false, names.split(' '))),
      ...set.throws.map((value) => judged(value, null)),
    ];
  });
}

function recordedVerdicts(folder: string): JudgedValue[] {
  const sets = readJsonFiles(folder).flatMap(({ content }) => recordedFile.parse(content));
  return sets.flatMap((set) => set.cases.map((one) => ({ rules: set.rules, ...one })));
}
