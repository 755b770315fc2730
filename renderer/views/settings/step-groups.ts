import type { DiagnosisStep } from '../../../bridge/schema/diagnosis.js';

export interface StepGroup {
  readonly panel: DiagnosisStep['panel'];
  readonly steps: readonly DiagnosisStep[];
}

/** Groups the steps: this computer first, then each panel. */
export function stepGroups(steps: readonly DiagnosisStep[]): StepGroup[] {
  const numbers = [...new Set(steps.map(({ panel }) => panel?.number ?? 0))];
  return numbers.map((number) => {
    const own = steps.filter(({ panel }) => (panel?.number ?? 0) === number);
    return { panel: own[0]?.panel ?? null, steps: own };
  });
}
