/**
 * Finds the archive that Perch requested in a folder of a server. Pure.
 *
 * Perch asks for a name of its own, and only Pelican gives it; other panels name archives by the time (PROTOCOL 2.17.8).
 * A name from a panel counts only if it has one of the two shapes, because Perch deletes the archive.
 */
import type { ServerFile } from '../../bridge/schema/files.js';

/** A file or folder beside which an archive may lie. */
export type ArchiveEntry = Pick<ServerFile, 'name' | 'kind' | 'bytes'>;

/** An archive that Perch asked a node to make. */
export interface MadeArchive {
  /** A UUID of Perch's own. */
  readonly id: string;
  /** Time at which the panel was asked, by the panel's clock, in ms since the epoch. */
  readonly at: number;
  /** Archives that were there before. */
  readonly before: readonly string[];
  /** Null until the panel sent the name. */
  readonly name: string | null;
}

const ending = '.tar.gz';
const ownShape = /^perch-[\da-f-]{36}\.tar\.gz$/;
const byTime = /^archive-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})\.tar\.gz$/;

/** How far the clocks of panel and node may be apart, and a request may wait, in ms. */
const mostApartMs = 15 * 60_000;

/** Name that Perch asks for, without its ending. */
export function wantedName({ id }: Pick<MadeArchive, 'id'>): string {
  return `perch-${id}`;
}

/** Names to pack: all except archives that Perch left there. */
export function namesToPack(entries: readonly ArchiveEntry[]): string[] {
  return entries.map(({ name }) => name).filter((name) => !ownShape.test(name));
}

/** Archives that a node named and that are there already. */
export function namedByTime(entries: readonly ArchiveEntry[]): string[] {
  return entries.map(({ name }) => name).filter((name) => byTime.test(name));
}

/** Whether a panel may have given this name to the archive. */
export function isArchiveOf(name: string, record: Omit<MadeArchive, 'name'>): boolean {
  if (name === `${wantedName(record)}${ending}`) return true;
  const [, day = '', hour = '', minute = '', second = '', zone = ''] = byTime.exec(name) ?? [];
  const offset = zone === 'Z' ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const time = Date.parse(`${day}T${hour}:${minute}:${second}${offset}`);
  return Math.abs(time - record.at) <= mostApartMs && !record.before.includes(name);
}

/** The archive that the panel named, or that has Perch's own name; null = there is none. */
export function ownArchive(entries: readonly ArchiveEntry[], record: MadeArchive): ArchiveEntry | null {
  const name = record.name ?? `${wantedName(record)}${ending}`;
  return entries.find((entry) => entry.name === name) ?? null;
}

/** Archives that the panel may have made for Perch, or for somebody else at the same time. */
export function possibleArchives(
  entries: readonly ArchiveEntry[],
  record: MadeArchive,
): readonly ArchiveEntry[] {
  if (record.name !== null) return [];
  return entries.filter((entry) => entry.kind === 'file' && isArchiveOf(entry.name, record));
}
