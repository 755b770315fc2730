import type { UnpackHere } from './folder-attempt.js';

/** Unpacks archives on this computer. The parser of archives is loaded for the first one. */
export function unpackHere(platform: NodeJS.Platform): UnpackHere {
  return async (archive, wanted) => {
    const { unpack } = await import('../archives/unpack.js');
    return unpack(archive, { ...wanted, isWindows: platform === 'win32' });
  };
}
