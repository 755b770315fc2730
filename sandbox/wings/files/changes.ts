/** Changes of a server's files. `folder` = the server's folder; paths are below it. */
import { chmod, copyFile, lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { NodeRefusal } from '../api.js';
import { leadsOut, pathBelow, placeOf } from './paths.js';
import { fileRefusals } from './refusals.js';

/** Writes a whole file, and makes missing folders. */
export async function writeWhole(folder: string, file: string, content: Buffer): Promise<void> {
  if (leadsOut(file)) throw fileRefusals.outside();
  const path = pathBelow(file);
  const place = await placeOf(folder, path);
  const found = await lstat(place).catch(() => null);
  if (path === '/' || found?.isDirectory() === true) throw fileRefusals.overFolder();
  if (found?.isSymbolicLink() === true) throw fileRefusals.unexpected();
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, content);
}

/** A missing file is left out. */
export async function renameOne(folder: string, from: string, to: string): Promise<void> {
  const [source, target] = [await placeOf(folder, from), await placeOf(folder, to)];
  if (!(await exists(source)) || from === '/') return;
  if (await exists(target)) throw fileRefusals.taken();
  await mkdir(dirname(target), { recursive: true });
  await rename(source, target);
}

/** Copies a file beside itself, with a name that is free. */
export async function copyOne(folder: string, path: string): Promise<void> {
  const place = await placeOf(folder, path);
  const found = await lstat(place).catch(() => null);
  if (found?.isFile() !== true) throw fileRefusals.unexpected();
  for (let turn = 0; ; turn++) {
    const target = join(dirname(place), copyName(basename(place), turn));
    if (await exists(target)) continue;
    await copyFile(place, target);
    return;
  }
}

/** `notes.txt` -> `notes copy.txt`, then `notes copy 1.txt`. */
function copyName(name: string, turn: number): string {
  const ending = /(?:\.tar)?\.[^.]+$/.exec(name)?.[0] ?? '';
  const stem = name.slice(0, name.length - ending.length);
  return `${stem} copy${turn === 0 ? '' : ` ${turn}`}${ending}`;
}

/** Removes a file, a link or a folder with all in it. Returns false for a missing one. */
export async function removeOne(folder: string, path: string): Promise<boolean> {
  if (path === '/') throw fileRefusals.unexpected();
  const place = await placeOf(folder, path);
  if (!(await exists(place))) return false;
  await rm(place, { recursive: true });
  return true;
}

/** `mode` = octal digits. A missing file is left out. */
export async function chmodOne(folder: string, path: string, mode: string): Promise<void> {
  const place = await placeOf(folder, path);
  if (await exists(place)) await chmod(place, Number.parseInt(mode, 8));
}

/** An existing folder is left as it is; `onFile` = refusal for a file of this name. */
export async function makeFolder(folder: string, path: string, onFile: () => NodeRefusal): Promise<void> {
  const place = await placeOf(folder, path);
  const found = await lstat(place).catch(() => null);
  if (found !== null && !found.isDirectory()) throw onFile();
  await mkdir(place, { recursive: true });
}

async function exists(place: string): Promise<boolean> {
  return (await lstat(place).catch(() => null)) !== null;
}
