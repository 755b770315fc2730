/** Files of a server that Perch itself makes for a while. Pure. */
import type { ServerFile } from '../../bridge/schema/files.js';

const id = String.raw`[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}`;
/** Parts of uploads, files that are set aside, archives that a node makes for Perch or unpacks, and folders for SFTP. */
const own = new RegExp(
  String.raw`^(?:\.${id}\.perch-part|\.perch-${id}-(?:\d+(?:(?:-[\da-f]{8})?\.tar\.gz)?|sftp)|\.perch-aside-${id}-[\da-f]{12}|perch-${id}\.tar\.gz)$`,
);
const dayMs = 86_400_000;

/**
 * Whether Perch works with a file now, so that a list leaves the file out. A file older than a day was left behind, and
 * only a person can decide about it. A time more than a day ahead says nothing about the age, so such a file is shown:
 * anybody on the server can set that time, and would hide the file forever. `now` = wall-clock time.
 */
export function isOwnWork(
  { name, modifiedAt }: Pick<ServerFile, 'name' | 'modifiedAt'>,
  now: number,
): boolean {
  return own.test(name) && Math.abs(now - modifiedAt) < dayMs;
}
