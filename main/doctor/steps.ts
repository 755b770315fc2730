/** All steps in the order of their display. */
import { logStep } from './log-step.js';
import { computerSteps } from './computer-steps.js';
import { historyStep } from './history-step.js';
import { panelSteps } from './panel-steps.js';
import type { DoctorPorts } from './ports.js';
import type { DoctorStep } from './step.js';

export function diagnosisSteps(ports: DoctorPorts): readonly DoctorStep[] {
  const accounts = [...ports.store.state.accounts.values()];
  return [
    ...computerSteps(ports),
    ...[historyStep(ports), logStep(ports)],
    ...accounts.flatMap((account, place) => panelSteps(ports, account, place + 1)),
  ];
}
