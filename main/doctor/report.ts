/** Text of a diagnostics report: ids of the steps, results, times and facts, and nothing else. */
import type { StepResult } from '../../bridge/schema/diagnosis.js';
import { factsText, type Facts } from './facts.js';
import type { StepId } from './step.js';

/** Version of the format, raised with changes that readers of many reports need to know. */
const form = 1;

export interface ReportedStep {
  readonly number: number;
  readonly id: StepId;
  readonly panelNumber: number | null;
  readonly result: StepResult;
  readonly ms: number;
  readonly facts: Facts;
}

/** `at` = wall-clock time of the report. The text is in no language, because its reader may speak another one. */
export function diagnosisText(steps: readonly ReportedStep[], at: number): string {
  const rows = steps.map(({ number, id, panelNumber, result, ms, facts }) => [
    `${number}`.padStart(2),
    result.padEnd(8),
    `${Math.round(ms)} ms`.padStart(8),
    (panelNumber === null ? id : `panel ${panelNumber} ${id}`).padEnd(20),
    factsText(facts),
  ]);
  const time = new Date(at).toISOString().slice(0, 16);
  const head = ['perch-diagnostics', `form=${form}`, `at=${time}Z`].join(' ');
  return `${[head, '', ...rows.map((row) => row.join('  ').trimEnd())].join('\n')}\n`;
}
