/** The folder that everything a person has in Perch is kept in. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { posix, sep, win32 } from 'node:path';
import { ownImage, type StartedFrom } from '../base/app-image.js';

/** A person makes it beside the program, and Perch keeps its data in it. */
const portableName = 'perch-data';

/**
 * The folder of a portable Perch: beside the AppImage, Windows' portable program, `Perch.app` or else the executable.
 * null where nobody has made one.
 */
export function portableFolder(from: StartedFrom & { readonly platform: NodeJS.Platform }): string | null {
  const { join } = from.platform === 'win32' ? win32 : posix;
  const folder = join(besideOf(from), portableName);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : null;
}

function besideOf({ env, execPath, platform }: StartedFrom & { readonly platform: NodeJS.Platform }): string {
  if (platform === 'win32') {
    // Such a program unpacks itself to a place of its own, and runs there.
    const unpackedFrom = env['PORTABLE_EXECUTABLE_DIR'] ?? '';
    return unpackedFrom === '' ? win32.dirname(execPath) : unpackedFrom;
  }
  const file = platform === 'linux' ? (ownImage({ env, execPath }) ?? execPath) : execPath;
  const bundle = /^(.+\.app)\/Contents\/MacOS\/[^/]+$/.exec(file)?.[1];
  return posix.dirname(platform === 'darwin' ? (bundle ?? file) : file);
}

/** Why Perch can't keep its data in a folder: it may not write there, or (`links`) the disk knows no symbolic links. */
export type FolderFault = 'rights' | 'links';

/** Makes the folder where it is not there. null where everything can be kept in it. */
export function folderFault(folder: string, platform: NodeJS.Platform): FolderFault | null {
  let fault: FolderFault = 'rights';
  try {
    mkdirSync(folder, { recursive: true });
    // Only trying tells: rights say yes on a disk that is read-only, and to whoever may do everything.
    const trial = mkdtempSync(`${folder}${sep}.perch-`);
    try {
      fault = 'links';
      // Chromium's lock of the one instance is such a link, and without it Perch would end and say nothing.
      if (platform !== 'win32') symlinkSync('trial', `${trial}${sep}link`);
    } finally {
      rmSync(trial, { recursive: true });
    }
    return null;
  } catch {
    return fault;
  }
}
