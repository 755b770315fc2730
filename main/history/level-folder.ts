/*
 * The store LevelDB, which works in its own threads and survives a killed process. `classic-level` is loaded with the
 * first opening, after the first window.
 */
import { access, readFile, rename } from 'node:fs/promises';
import type { ClassicLevel } from 'classic-level';
import type { Log } from '../base/ports.js';

export type Level = ClassicLevel<string, Uint8Array>;

/** Result of repairing a damaged store. */
export interface Mended {
  /** `parts` = the readable parts are used. */
  readonly why: 'damaged' | 'parts';
  /** Path at which the damaged data is kept. */
  readonly file: string;
}

export interface Opened {
  readonly level: Level;
  readonly mended: Mended | null;
}

/** Small sizes, because little is read and written, and memory is scarce. */
const sizes = { cacheSize: 512 * 1024, writeBufferSize: 1024 * 1024, maxOpenFiles: 100 };

/** Rejects if the folder can't be used; it is unchanged then. */
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

/** Whether the file `CURRENT` is damaged and names a file that does not exist. */
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

/** Repairs the store from its readable parts. LevelDB moves the rest to a subfolder. */
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

/** Moves the old store away and begins an empty one. */
export async function moveAside(folder: string): Promise<Opened> {
  const file = await freeName(`${folder}.damaged`);
  await rename(folder, file);
  return { level: await open(folder), mended: { why: 'damaged', file } };
}

/**
 * Whether opening skipped damaged entries of LevelDB's journal.
 * LevelDB only writes that to its own log: `(ignoring error) /history/000012.log: dropping 34 bytes; Corruption:
 * checksum mismatch`. An entry that a killed run cut off is no damage and is not logged.
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
