import { PerchError } from '../../bridge/errors.js';
import { partsOf } from './local-names.js';
import { usualLimits, walk } from './walk.js';

/**
 * Whether an archive (tar.gz) holds one folder and nothing else, so that it may be the archive that Perch asked for. A damaged
 * archive does not. `folder` = name of the folder. Rejects as Node does for the disk.
 */
export async function holdsOnly(archive: string, folder: string, signal: AbortSignal): Promise<boolean> {
  let isOther = false;
  try {
    await walk(archive, {
      limits: usualLimits,
      signal,
      visit: ({ path }) => {
        isOther ||= partsOf(path)?.[0] !== folder;
        return isOther ? 'over' : null;
      },
    });
  } catch (error) {
    if (error instanceof PerchError) return false;
    throw error;
  }
  return !isOther;
}
