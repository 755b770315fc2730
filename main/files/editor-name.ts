/**
 * Names of local copies that another program opens. Pure.
 *
 * A system runs some files instead of showing them (`.sh`, `.exe`, `.jar`, `.desktop`, `.js` on Windows). Which files
 * run depends on the system and on the installed programs, so Perch knows the extensions of data instead: every other
 * file gets the extension `.txt`, which every system opens as text.
 */
import { lastPart } from '../../bridge/files/file-paths.js';
import { safeFileName } from '../base/safe-file-name.js';

const endingsOfData = new Set([
  ...['txt', 'log', 'md', 'properties', 'yml', 'yaml', 'json', 'json5', 'jsonc', 'toml'],
  ...['ini', 'cfg', 'conf', 'config', 'xml', 'lang', 'mcmeta', 'mcfunction', 'snbt'],
  ...['png', 'jpg', 'jpeg', 'gif', 'bmp', 'webp', 'ico', 'ogg', 'wav', 'mp3'],
  ...['nbt', 'dat', 'mca', 'schem', 'schematic', 'litematic', 'db', 'sqlite', 'sqlite3'],
]);

/** Whether the system's program for a file of this name shows the file and does not run it. */
export function opensAsData(name: string): boolean {
  const ending = /\.([^.]+)$/.exec(name)?.[1];
  return ending !== undefined && endingsOfData.has(ending.toLowerCase());
}

/**
 * Name of the local copy of a server's file; null if no program can open the file without the risk of running it.
 * `isGiven` = the person named a program, which gets the file under its own name.
 */
export function editorName(
  path: string,
  { isGiven, isText }: { readonly isGiven: boolean; readonly isText: boolean },
): string | null {
  const name = safeFileName(lastPart(path), { ending: '', other: 'file' });
  if (isGiven || opensAsData(name)) return name;
  return isText ? safeFileName(name, { ending: '.txt', other: 'file' }) : null;
}
