import type { DiagnosisStep, StepResult } from '../../bridge/schema/diagnosis.js';
import type { MessageId, Sentence } from '../../messages/messages.js';
import type { Facts } from './facts.js';

type StepWords = Extract<MessageId, `diagnostics.step-${string}`>;
export type StepId = StepWords extends `diagnostics.step-${infer Id}` ? Id : never;

/** What one step has found out. */
export interface Finding {
  readonly result: StepResult;
  /** For the person: it may name panels, people and addresses. */
  readonly detail: Sentence;
  readonly next?: Sentence;
  /** The same for strangers. */
  readonly facts?: Facts;
}

export interface Step {
  readonly id: StepId;
  readonly panel: DiagnosisStep['panel'];
  /** After that it has failed, whatever comes. */
  readonly deadlineMs: number;
  run(): Promise<Finding>;
}
