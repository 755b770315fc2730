import type { Settings } from '../../../bridge/schema/settings.js';
import type { SettingsFile } from '../../disk/settings.js';

/** Shows a message once in all runs of Perch. */
export function tellOnce(
  settings: Pick<SettingsFile, 'current' | 'update'>,
  what: Settings['told'][number],
  tell: () => void,
): void {
  if (settings.current.told.includes(what)) return;
  tell();
  // If storing fails, the message may appear again.
  settings
    .update(({ told }) => (told.includes(what) ? null : { told: [...told, what] }))
    .catch(() => undefined);
}
