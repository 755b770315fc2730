/*
 * The embedded store: LevelDB, whose work is done in threads of its own. It survives a process that is killed at any
 * time. `classic-level` is loaded with the first opening, behind the first window.
 */
import { access, readFile, rename } from 'node:fs/promises';
import type { ClassicLevel } from 'classic-level';
import type { Log } from '../base/ports.js';

export type Level = ClassicLevel<string, Uint8Array>;

/** What became of a store that is damaged. */
export interface Mended {
  /** `parts` = what can be read of it is used. */
  readonly why: 'damaged' | 'parts';
  /** Where the rest is now. */
  readonly file: string;
}

export interface Opened {
  readonly level: Level;
  readonly mended: Mended | null;
}

/** Small ones: what is read and written is little, and memory counts. */
const sizes = { cacheSize: 512 * 1024, writeBufferSize: 1024 * 1024, maxOpenFiles: 100 };

/** Rejects where the folder can't be used; then it is as it was. */
export async function openFolder(folder: string, log: Log): Promise<Opened> {
  try {
    return { level: await open(folder), mended: null };
  } catch (error) {
    if (!isCorruption(error) && !(await leadsNowhere(folder, error))) throw error;
    log.warn('history.damaged', { message: causeOf(error) });
    return mend(folder, log);
  }
}

export function isCorruption(error: unknown): boolean {
  for (let one = error; one instanceof Error; one = one.cause) {
    if ('code' in one && one.code === 'LEVEL_CORRUPTION') return true;
  }
  return false;
}

/** The file `CURRENT` is damaged: it names a list of files that is not there. */
async function leadsNowhere(folder: string, error: unknown): Promise<boolean> {
  if (!/no such file/i.test(causeOf(error))) return false;
  return access(`${folder}/CURRENT`).then(
    () => true,
    () => false,
  );
}

export function causeOf(error: unknown): string {
  if (error instanceof Error && error.cause !== undefined) return `${error.message}: ${causeOf(error.cause)}`;
  return String(error);
}

/** Puts the store together from what can be read; LevelDB moves the rest to a folder in it. */
export async function mend(folder: string, log: Log): Promise<Opened> {
  try {
    const { ClassicLevel } = await import('classic-level');
    await ClassicLevel.repair(folder);
    return { level: await open(folder), mended: { why: 'parts', file: `${folder}/lost` } };
  } catch (error) {
    log.warn('history.beyond-repair', { message: causeOf(error) });
    return moveAside(folder);
  }
}

/** Begins an empty store where the old one can't be used. */
export async function moveAside(folder: string): Promise<Opened> {
  const file = await freeName(`${folder}.damaged`);
  await rename(folder, file);
  return { level: await open(folder), mended: { why: 'damaged', file } };
}

/**
 * Whether the opening has passed over damaged entries of the journal: LevelDB only writes that into its own log, as
 * `(ignoring error) /history/000012.log: dropping 34 bytes; Corruption: checksum mismatch`. What a killed run has cut off is
 * no damage, and is not written there.
 */
export async function hasDropped(folder: string): Promise<boolean> {
  const log = await readFile(`${folder}/LOG`, 'utf8').catch(() => '');
  return /dropping \d+ bytes; Corruption/.test(log);
}

async function open(folder: string): Promise<Level> {
  const { ClassicLevel } = await import('classic-level');
  const level: Level = new ClassicLevel(folder, { valueEncoding: 'view', ...sizes });
  await level.open();
  return level;
}

async function freeName(path: string, number = 1): Promise<string> {
  const name = `${path}-${number}`;
  return access(name).then(
    () => freeName(path, number + 1),
    () => name,
  );
}
