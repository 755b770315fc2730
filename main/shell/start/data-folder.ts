/** The data folder of Perch, which holds all the user's data. */
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { posix, sep, win32 } from 'node:path';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import { closeToOthers, rightsFault, type Owner, type RightsFault } from './folder-rights.js';

/** Folder beside the program that turns on portable mode. The user creates it. */
const portableName = 'perch-data';

/**
 * The data folder of a portable Perch: beside the AppImage, the portable program on Windows, `Perch.app`, or the
 * executable. null = no such folder.
 */
export function portableFolder(from: StartedFrom & { readonly platform: NodeJS.Platform }): string | null {
  const { join } = from.platform === 'win32' ? win32 : posix;
  const folder = join(besideOf(from), portableName);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true ? folder : null;
}

function besideOf({ env, execPath, platform }: StartedFrom & { readonly platform: NodeJS.Platform }): string {
  if (platform === 'win32') {
    // The portable program unpacks itself elsewhere and runs there.
    const unpackedFrom = env['PORTABLE_EXECUTABLE_DIR'] ?? '';
    return unpackedFrom === '' ? win32.dirname(execPath) : unpackedFrom;
  }
  const file = platform === 'linux' ? (ownImage({ env, execPath }) ?? execPath) : execPath;
  const bundle = /^(.+\.app)\/Contents\/MacOS\/[^/]+$/.exec(file)?.[1];
  return posix.dirname(platform === 'darwin' ? (bundle ?? file) : file);
}

/**
 * Why a folder cannot hold Perch's data: not writable (`rights`), no symbolic links on its disk (`links`), or open to
 * other users (`foreign`, `open`).
 */
export type FolderFault = RightsFault | { readonly kind: 'rights' | 'links'; readonly path: string };

/** Creates the folder if needed, and closes it to other users. null = the folder is usable. Reads no file in it. */
export function folderFault(
  folder: string,
  { platform, owner }: { readonly platform: NodeJS.Platform; readonly owner: Owner | null },
): FolderFault | null {
  let kind: 'rights' | 'links' = 'rights';
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const fault = rightsFault(folder, owner);
    if (fault !== null) return fault;
    // Write a test folder: permissions alone do not show a read-only disk, and root may write anywhere.
    const trial = mkdtempSync(`${folder}${sep}.perch-`);
    try {
      kind = 'links';
      // Chromium's single-instance lock is a symbolic link. Without it, Perch would end without a message.
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
