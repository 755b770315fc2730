/** The steps of a quiet backup as the window shows them. Pure. */
import type { QuietBackup, QuietMeans, QuietStep } from '../../../../bridge/schema/quiet-backups.js';
import { say } from '../../../../messages/messages.js';

type ShownStep = Exclude<QuietStep, 'create' | 'stuck' | 'over' | 'back'> | 'save-on' | 'start';

/** The panel's answer and the end of the backup are one step for the user. */
const stepsOf: Readonly<Record<QuietMeans, readonly ShownStep[]>> = {
  saving: ['warn', 'save-off', 'flush', 'wait', 'save-on'],
  stop: ['warn', 'stop', 'wait', 'start'],
  'as-is': ['wait'],
};

export interface QuietStepShown {
  readonly label: string;
  readonly state: 'done' | 'current' | 'to-come';
}

/** The steps in order; empty if the sequence was left, because the steps of before then say little. */
export function quietSteps({ means, step, trouble }: QuietBackup): readonly QuietStepShown[] {
  const steps = stepsOf[means];
  const isBack = step === 'back';
  if (step === 'stuck' || step === 'over' || (isBack && trouble !== null)) return [];
  const at = isBack ? steps.length - 1 : steps.indexOf(step === 'create' ? 'wait' : step);
  return steps.map((one, index) => ({
    label: say(`quiet.step-${one}`),
    state: index < at ? 'done' : index === at ? 'current' : 'to-come',
  }));
}
