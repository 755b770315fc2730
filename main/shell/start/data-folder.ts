/** The folder that everything a person has in Perch is kept in. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { posix, sep, win32 } from 'node:path';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import { closeToOthers, rightsFault, type Owner, type RightsFault } from './folder-rights.js';

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

/**
 * Why Perch can't keep its data in a folder: it may not write there (`rights`), the disk knows no symbolic links
 * (`links`), or somebody else can (`foreign`, `open`).
 */
export type FolderFault = RightsFault | { readonly kind: 'rights' | 'links'; readonly path: string };

/**
 * Makes the folder where it is not there, and closes it to other users. null where everything can be kept in it; no file
 * of it is read before.
 */
export function folderFault(
  folder: string,
  { platform, owner }: { readonly platform: NodeJS.Platform; readonly owner: Owner | null },
): FolderFault | null {
  let kind: 'rights' | 'links' = 'rights';
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fault = rightsFault(folder, owner);
    if (fault !== null) return fault;
    // Only trying tells: rights say yes on a disk that is read-only, and to whoever may do everything.
    const trial = mkdtempSync(`${folder}${sep}.perch-`);
    try {
      kind = 'links';
      // Chromium's lock of the one instance is such a link, and without it Perch would end and say nothing.
      if (platform !== 'win32') symlinkSync('trial', `${trial}${sep}link`);
    } finally {
      rmSync(trial, { recursive: true });
    }
    closeToOthers(folder, owner);
    return null;
  } catch {
    return { kind, path: folder };
  }
}
