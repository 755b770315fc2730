import type { Log } from '../base/ports.js';
import { Doctor } from './doctor.js';
import type { DoctorPorts } from './ports.js';

/** Creates the diagnostics. The steps are loaded with the first run, because few people need them. */
export function createDoctor(ports: DoctorPorts & { readonly log: Log }): Doctor {
  const { clock, log } = ports;
  return new Doctor({ clock, log, steps: async () => (await import('./steps.js')).diagnosisSteps(ports) });
}
