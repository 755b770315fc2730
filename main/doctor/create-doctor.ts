import type { Log } from '../base/ports.js';
import { Doctor } from './doctor.js';
import type { DoctorPorts } from './ports.js';

/** The steps are read with the first run: few people ever want one. */
export function createDoctor(ports: DoctorPorts & { readonly log: Log }): Doctor {
  const { clock, log } = ports;
  return new Doctor({ clock, log, steps: async () => (await import('./steps.js')).stepsOf(ports) });
}
