import type { CallTable } from '../base/calls.js';
import type { Doctor } from './doctor.js';

/** Calls of the diagnostics, except `diagnosis.save`, which is among the calls that save files. */
export function diagnosisCalls(doctor: Pick<Doctor, 'run' | 'report'>) {
  return {
    'diagnosis.run': async () => void (await doctor.run()),
    'diagnosis.report': () => ({ text: doctor.report() }),
  } satisfies CallTable;
}
