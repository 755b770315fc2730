import type { Settings } from '../../bridge/schema/settings.js';
import { someSettings } from './entities.js';
import type { FakeBridge } from './fake-bridge.js';

/** Main keeps each change of the settings, as it really does. */
export function keepSettings(bridge: FakeBridge, fields: Partial<Settings> = {}): void {
  let kept = someSettings(fields);
  bridge.answerWith('settings.update', () => {
    kept = { ...kept, ...(bridge.calls.at(-1)?.input as Partial<Settings>) };
    return kept;
  });
  bridge.snapshot('settings', kept);
}
