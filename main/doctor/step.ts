import type { DiagnosisStep, StepResult } from '../../bridge/schema/diagnosis.js';
import type { IdWithNext, MessageId, Sentence } from '../../messages/messages.js';
import type { Facts } from './facts.js';

type StepWords = Extract<MessageId, `diagnostics.step-${string}`>;
export type StepId = StepWords extends `diagnostics.step-${infer Id}` ? Id : never;

/** Result of one step. */
export interface Finding {
  readonly result: StepResult;
  /** Sentence for the user; may name panels, people and addresses. */
  readonly detail: Sentence;
  readonly next?: Sentence;
  /** The result in a form that is safe to share. */
  readonly facts?: Facts;
}

export function newFinding(result: StepResult, detail: Sentence, facts?: Facts): Finding {
  return { result, detail, ...(facts === undefined ? {} : { facts }) };
}

/** A fault with its next step: the message whose id is that of `detail` and `-next`. */
export function newFault<Id extends IdWithNext>(
  result: 'warning' | 'bad',
  detail: Sentence<Id>,
  facts?: Facts,
): Finding {
  return { ...newFinding(result, detail, facts), next: { id: `${detail.id}-next` } };
}

export interface DoctorStep {
  readonly id: StepId;
  readonly panel: DiagnosisStep['panel'];
  /** After this time the step has failed, and a later answer is ignored. */
  readonly deadlineMs: number;
  readonly run: () => Finding | Promise<Finding>;
}

/** A step of this computer, or of `panel`. */
export function newStep(
  id: StepId,
  deadlineMs: number,
  run: DoctorStep['run'],
  panel: DoctorStep['panel'] = null,
): DoctorStep {
  return { id, panel, deadlineMs, run };
}
