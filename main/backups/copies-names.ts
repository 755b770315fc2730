/**
 * Names of the copies of backups. The folder itself is the record of its copies, so a name has all that Perch needs to
 * know about a copy. A file with another kind of name, or another size than its name says, is not a copy. Pure.
 *
 * `<folder of the user>/Survival 3fa9c1d2e4b5a697/2026-11-28 04-00-05Z 41096fdb-… 12345.tar.gz`
 *
 * The name of a copy that a person asked for ends with ` kept.tar.gz`.
 */
import { createHash } from 'node:crypto';
import type { BackupCopy } from '../../bridge/schema/backup-copies.js';
import { safeFileName } from '../base/safe-file-name.js';

const shape = /^(\d{4}-\d\d-\d\d) (\d\d)-(\d\d)-(\d\d)Z ([\w-]{1,64}) (0|[1-9]\d{0,14})( kept)?\.tar\.gz$/;
/** End of the year 9999. */
const latest = 253_402_300_799_999;

/** The name of a copy, which sorts by time; null for a backup that can have none. */
export function copyFile({ id, createdAt, bytes, isKept }: Omit<BackupCopy, 'file'>): string | null {
  if (!(createdAt >= 0 && createdAt <= latest)) return null;
  const time = new Date(createdAt).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
  const file = `${time}Z ${id} ${bytes}${isKept === true ? ' kept' : ''}.tar.gz`;
  return shape.test(file) ? file : null;
}

/** The copy with this name; null for a name that Perch does not give. */
export function copyNamed(file: string): BackupCopy | null {
  const [, day = '', hour = '', minute = '', second = '', id = '', size = '', mark] = shape.exec(file) ?? [];
  const createdAt = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  const copy = {
    id,
    createdAt,
    bytes: Number(size),
    ...(mark === undefined ? {} : { isKept: true as const }),
  };
  return copyFile(copy) === file ? { ...copy, file } : null;
}

/** The same copy with the name of one that a person asked for; null if it can have none. */
export function keptCopy(copy: BackupCopy): BackupCopy | null {
  const kept = { ...copy, isKept: true } as const;
  const file = copyFile(kept);
  return file === null ? null : { ...kept, file };
}

/** Name of a server's folder. */
export function copiesFolder(name: string, key: string): string {
  return safeFileName(name, { ending: ` ${key}`, other: 'Server' });
}

/** Whether the folder belongs to the server, which may have had another name. */
export function isFolderOf(folder: string, key: string): boolean {
  return folder === key || folder.endsWith(` ${key}`);
}

/** Tells servers apart. A panel can't choose an id that leads to the folder of another panel's server. */
export function serverKey(origin: string, uuid: string): string {
  return createHash('sha256').update(`${origin}\n${uuid}`).digest('hex').slice(0, 16);
}
