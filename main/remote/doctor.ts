import type { Diagnosis, DiagnosisStep } from '../../bridge/schema/diagnosis.js';
import type { RemoteStep } from '../../bridge/schema/remote-entities.js';
import { say, spoken } from '../../messages/messages.js';
import { settled, type SettledDeps } from './settled.js';

export interface ChecksDeps extends SettledDeps {
  /** The diagnosis that the settings show. `run` joins a run that is under way. */
  readonly doctor: { run(): Promise<Diagnosis> };
}

export async function checks(deps: ChecksDeps): Promise<RemoteStep[]> {
  await settled(deps, { seen: false });
  const { steps } = await deps.doctor.run();
  return steps.flatMap(remoteStep);
}

function remoteStep({ name, panel, outcome }: DiagnosisStep): RemoteStep[] {
  if (outcome === null) return [];
  const { result, ms, detail, next } = outcome;
  const step = spoken(name);
  return [
    {
      name:
        panel === null
          ? step
          : say('diagnostics.of-panel', { panel: say('diagnostics.panel', { panel: panel.label }), step }),
      result,
      ms,
      detail: spoken(detail),
      next: next === null ? '' : spoken(next),
    },
  ];
}
