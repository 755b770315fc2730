import type { DiagnosisStep, StepResult } from '../../bridge/schema/diagnosis.js';
import type { MessageId, Sentence } from '../../messages/messages.js';
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

export interface Step {
  readonly id: StepId;
  readonly panel: DiagnosisStep['panel'];
  /** After this time the step has failed, and a later answer is ignored. */
  readonly deadlineMs: number;
  run(): Promise<Finding>;
}
