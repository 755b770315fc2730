/**
 * Reads a copy: lists its files, shows the text of one file, and saves one file. Names and bytes are hostile
 * (`main/archives/walk.ts`). Perch unpacks only that file, under a new name in a folder that the user chose.
 */
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import type { ReadEntry } from 'tar';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { ArchivedFile, ArchivedText } from '../../bridge/schema/backup-copies.js';
import { say, sentence } from '../../messages/messages.js';
import { numberedFileName, safeFileName } from '../base/safe-file-name.js';
import { diskFailure } from '../transfers/transfer-failures.js';
import { systemDisk } from '../transfers/transfer-disk.js';
import { kindOf, safePath, usualLimits, walk, type ArchiveLimits } from '../archives/walk.js';

const mostNumbers = 999;
/** Longest text that a window shows, in bytes. */
const mostText = 256 * 1024;

/** Files that a list leaves out. */
export interface ArchiveEnd {
  /** True if the archive has more files than a list may have. */
  readonly isCut: boolean;
  /** Number of files whose names lead elsewhere or can't be shown. */
  readonly leftOut: number;
}

export interface ArchiveListing {
  /** Fields that differ from their defaults. */
  readonly limits?: Partial<ArchiveLimits>;
  readonly signal?: AbortSignal;
  readonly read?: (share: number) => void;
  readonly found: (file: ArchivedFile) => void;
}

/** Reports each file and link. Rejects with `PerchError` if the file is no whole archive, or unpacks to too much. */
export async function listFiles(
  archive: string,
  { limits: own, found, ...others }: ArchiveListing,
): Promise<ArchiveEnd> {
  const limits = { ...usualLimits, ...own };
  let [text, leftOut, seen, isCut] = [0, 0, 0, false];
  await walk(archive, {
    ...others,
    limits,
    visit: (entry) => {
      const path = safePath(entry.path);
      const kind = kindOf(entry);
      seen += 1;
      text += path?.length ?? 0;
      isCut = seen > limits.entries || text > limits.text;
      if (isCut) return 'over';
      if (kind === 'folder') return null;
      if (path === null) leftOut += 1;
      else found({ path, bytes: kind === 'file' ? entry.size : 0, kind });
      return null;
    },
  });
  return { isCut, leftOut };
}

/** All files at once. */
export async function filesIn(
  archive: string,
  limits: Partial<ArchiveLimits> = {},
): Promise<ArchiveEnd & { readonly files: ArchivedFile[] }> {
  const files: ArchivedFile[] = [];
  const end = await listFiles(archive, { limits, found: (file) => files.push(file) });
  return { files, ...end };
}

/** The text of one file, without characters that hide or reverse text. Rejects with `PerchError`. */
export async function textOf(archive: string, path: string, limits = usualLimits): Promise<ArchivedText> {
  const chunks: Buffer[] = [];
  let isTooLarge = false;
  await findFile(archive, path, {
    limits,
    take: async (entry) => {
      isTooLarge = entry.size > mostText;
      if (isTooLarge) return;
      for await (const chunk of entry) chunks.push(chunk);
    },
  });
  return isTooLarge ? { kind: 'too-large', most: mostText } : asText(Buffer.concat(chunks));
}

export interface SavedFilePlace {
  readonly folder: string;
  /** Missing = the name in the archive, made safe. */
  readonly file?: string;
  /** `replace` = the user agreed to replace the file of this name. Missing = the next free number is added. */
  readonly ifTaken?: 'number' | 'replace';
}

/** Saves one file and returns its name in the folder. Links can't be saved. Rejects with `PerchError`. */
export async function saveFileOf(
  archive: string,
  path: string,
  place: SavedFilePlace,
  limits = usualLimits,
): Promise<string> {
  const part = join(place.folder, `.${randomUUID()}.perch-part`);
  try {
    const file = await systemDisk.create(part);
    try {
      await findFile(archive, path, {
        limits,
        take: async (entry) => {
          for await (const chunk of entry) await file.write(chunk);
        },
      });
      await file.sync();
    } finally {
      await file.close();
    }
    return await placed(part, path, place);
  } catch (error) {
    await systemDisk.remove(part).catch(() => undefined);
    throw error instanceof PerchError ? error : diskFailure(error, place.folder);
  }
}

async function findFile(
  archive: string,
  path: string,
  { limits, take }: { limits: ArchiveLimits; take: (entry: ReadEntry) => Promise<void> },
): Promise<void> {
  let wasFound = false;
  await walk(archive, {
    limits,
    visit: (entry) => {
      if (wasFound || kindOf(entry) !== 'file' || safePath(entry.path) !== path) return null;
      wasFound = true;
      return take(entry);
    },
  });
  if (!wasFound) throw new PerchError(newProblem('not-found', sentence('remote.no-archived-file', { path })));
}

/** The file gets its name, or the next free number. */
async function placed(
  part: string,
  path: string,
  { folder, file: wanted, ifTaken }: SavedFilePlace,
): Promise<string> {
  const other = say('transfers.backup-file');
  const name = wanted ?? safeFileName(basename(path), { ending: '', other });
  const replaces = ifTaken === 'replace';
  for (let number = 1; number <= mostNumbers; number++) {
    const file = numberedFileName(name, number, other);
    if (await systemDisk.place(part, join(folder, file), { replaces })) return file;
  }
  throw new PerchError(newProblem('conflict', sentence('remote.name-taken', { name })));
}

/** Control and format characters except line breaks, tabs and the joiners that many scripts need. */
const unseen = /(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}]/gu;

function asText(bytes: Buffer): ArchivedText {
  if (bytes.includes(0)) return { kind: 'no-text' };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { kind: 'text', text: text.replaceAll('\r\n', '\n').replace(unseen, '\ufffd') };
  } catch {
    return { kind: 'no-text' };
  }
}
