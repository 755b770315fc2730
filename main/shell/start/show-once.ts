import type { Settings } from '../../../bridge/schema/settings.js';
import type { SettingsFile } from '../../disk/settings.js';

/** Tells what a person is to be told once only, in all runs of Perch together. */
export function tellOnce(
  settings: Pick<SettingsFile, 'current' | 'update'>,
  what: Settings['told'][number],
  tell: () => void,
): void {
  if (settings.current.told.includes(what)) return;
  tell();
  // Where it can't be kept it is told once more, which is no harm.
  settings
    .update(({ told }) => (told.includes(what) ? null : { told: [...told, what] }))
    .catch(() => undefined);
}
