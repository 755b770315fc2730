/**
 * Runs the diagnostics (`steps.ts`), each step with its deadline. Steps of one panel run one after the other; panels
 * and this computer run in parallel.
 */
import type { Diagnosis, DiagnosisStep } from '../../bridge/schema/diagnosis.js';
import { toProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import { Watchable } from '../base/observable.js';
import type { Clock, Log } from '../base/ports.js';
import type { Facts } from './facts.js';
import type { DoctorPorts } from './ports.js';
import { diagnosisText } from './report.js';
import { newFault, type Finding, type DoctorStep } from './step.js';

export interface DoctorDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Loaded with the first run. */
  readonly steps: () => Promise<readonly DoctorStep[]>;
}

interface Ended {
  readonly outcome: NonNullable<DiagnosisStep['outcome']>;
  readonly facts: Facts;
}

/** Creates the diagnostics. The steps are loaded with the first run, because few people need them. */
export function createDoctor(ports: DoctorPorts & { readonly log: Log }): Doctor {
  return new Doctor({ ...ports, steps: async () => (await import('./steps.js')).diagnosisSteps(ports) });
}

/** The current diagnosis is null before the first run. */
export class Doctor extends Watchable<Diagnosis | null> {
  #steps: readonly DoctorStep[] = [];
  #ended = new Map<DoctorStep, Ended>();
  #run: Promise<Diagnosis> | null = null;

  constructor(private readonly deps: DoctorDeps) {
    super(null);
  }

  /** Resolves when every step has ended. A second call during a run waits for the same run. Never rejects. */
  run(): Promise<Diagnosis> {
    this.#run ??= this.#runAll().finally(() => (this.#run = null));
    return this.#run;
  }

  /** Report of the finished steps that is safe to share. */
  report(): string {
    const steps = this.#steps.flatMap((step, place) => {
      const ended = this.#ended.get(step);
      if (ended === undefined) return [];
      const { result, ms } = ended.outcome;
      const panelNumber = step.panel?.number ?? null;
      return [{ number: place + 1, id: step.id, panelNumber, result, ms, facts: ended.facts }];
    });
    return diagnosisText(steps, this.deps.clock.wall());
  }

  async #runAll(): Promise<Diagnosis> {
    this.#steps = await this.deps.steps();
    this.#ended = new Map();
    this.#tell(true);
    const lanes = new Map<number, DoctorStep[]>();
    for (const step of this.#steps) {
      const lane = step.panel?.number ?? 0;
      lanes.set(lane, [...(lanes.get(lane) ?? []), step]);
    }
    await Promise.all([...lanes.values()].map((steps) => this.#inTurn(steps)));
    return this.#tell(false);
  }

  async #inTurn(steps: readonly DoctorStep[]): Promise<void> {
    for (const step of steps) {
      const { clock, log } = this.deps;
      const from = clock.now();
      const { result, detail, next = null, facts = {} } = await this.#inTime(step);
      const ms = clock.now() - from;
      log.info('doctor.step', { step: step.id, result, ms });
      this.#ended.set(step, { outcome: { result, ms, detail, next }, facts });
      this.#tell(true);
    }
  }

  #inTime(step: DoctorStep): Promise<Finding> {
    return new Promise((resolve) => {
      const cancel = this.deps.clock.after(step.deadlineMs, () => resolve(tooLate(step)));
      // Turns a synchronous throw into a rejection.
      const found = async (): Promise<Finding> => step.run();
      found()
        .catch(failed)
        .finally(cancel)
        .then(resolve, () => undefined);
    });
  }

  #tell(isRunning: boolean): Diagnosis {
    const steps = this.#steps.map((step, place) => ({
      number: place + 1,
      panel: step.panel,
      name: sentence(`diagnostics.step-${step.id}`),
      outcome: this.#ended.get(step)?.outcome ?? null,
    }));
    const told = { isRunning, steps };
    this.set(told);
    return told;
  }
}

function tooLate({ deadlineMs }: DoctorStep): Finding {
  return newFault('bad', sentence('diagnostics.too-late', { seconds: Math.round(deadlineMs / 1000) }), {
    problem: 'deadline',
  });
}

function failed(error: unknown): Finding {
  const { code, message, next } = toProblem(error);
  return { result: 'bad', detail: message, next, facts: { problem: code } };
}
