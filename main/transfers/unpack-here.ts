import type { HoldsOnly, UnpackHere } from './folder-attempt.js';

/** Unpacks archives on this computer. The parser of archives is loaded for the first one. */
export function unpackHere(platform: NodeJS.Platform): UnpackHere {
  return async (archive, wanted) => {
    const { unpack } = await import('../archives/unpack.js');
    return unpack(archive, { ...wanted, isWindows: platform === 'win32' });
  };
}

/** Whether an archive of this computer holds only one folder. */
export const holdsOnlyHere: HoldsOnly = async (archive, folder, signal) => {
  const { holdsOnly } = await import('../archives/archived-folder.js');
  return holdsOnly(archive, folder, signal);
};
