import type { ServerPatch } from '../../bridge/fleet/changes.js';
import type { PowerSignal, PowerState } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import type { Happening } from '../../bridge/schema/events.js';
import { anEventsRig } from './events-rig.js';

/** A running server, and the events logged for it from then on. */
export function aServerThatRuns(fields: { power?: PowerState | null; slowStartMinutes?: number } = {}) {
  const rig = anEventsRig({ slowStartMinutes: fields.slowStartMinutes ?? 10 });
  const { clock } = rig;
  const id = rig.addServer({ power: fields.power === undefined ? 'running' : fields.power });
  const patch = (change: ServerPatch): void => rig.patch(id, change);
  const power = (state: PowerState): void => patch({ power: state });
  const signal = (name: PowerSignal): void => patch({ pending: { signal: name, since: clock.now() } });
  const crash = (facts: Partial<Crash> = {}): void =>
    patch({ power: 'offline', crashedAt: clock.now(), crash: { exitCode: 1, outOfMemory: false, ...facts } });
  return {
    ...rig,
    id,
    patch,
    power,
    signal,
    crash,
    whats: (): Happening[] => rig.log.recent.map((e) => e.what),
  };
}
