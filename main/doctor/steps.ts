/** All steps in the order of their display. */
import { logStep } from './log-step.js';
import { computerSteps } from './computer-steps.js';
import { historyStep } from './history-step.js';
import { panelSteps } from './panel-steps.js';
import type { DoctorPorts } from './ports.js';
import type { Step } from './step.js';

export function stepsOf(ports: DoctorPorts): readonly Step[] {
  const accounts = [...ports.store.state.accounts.values()];
  return [
    ...computerSteps(ports),
    ...[historyStep(ports), logStep(ports)],
    ...accounts.flatMap((account, place) => panelSteps(ports, account, place + 1)),
  ];
}
