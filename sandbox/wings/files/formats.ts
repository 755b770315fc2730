/**
 * Formats of archives that nodes make and unpack (PROTOCOL 2.17.8, 2.17.9).
 *
 * Node.js has neither bzip2 nor xz. The programs of these names do that work; a node without a program does not know
 * its format.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface ArchiveFormat {
  /** End of the name of a new archive. */
  readonly ending: '.tar.gz' | '.tar.bz2' | '.tar.xz' | '.zip';
  /** Media type in the answer to the call; null = the node's own name for a tar.gz. */
  readonly type: string | null;
  /** Program that packs and unpacks the bytes of the tar; null = built in. */
  readonly program: 'bzip2' | 'xz' | null;
}

const gzip: ArchiveFormat = { ending: '.tar.gz', type: null, program: null };
const bzip2: ArchiveFormat = { ending: '.tar.bz2', type: 'application/x-bzip2', program: 'bzip2' };
const xz: ArchiveFormat = { ending: '.tar.xz', type: 'application/x-xz', program: 'xz' };
const zip: ArchiveFormat = { ending: '.zip', type: 'application/zip', program: null };

const asked: Readonly<Record<string, ArchiveFormat>> = {
  'tar.gz': gzip,
  tgz: gzip,
  'tar.bz2': bzip2,
  tbz2: bzip2,
  'tar.xz': xz,
  txz: xz,
  zip,
};

/** The format for an `extension` of the call. Unknown ones make a tar.gz. */
export function askedFormat(extension: string | null): ArchiveFormat {
  return asked[extension ?? ''] ?? gzip;
}

/** Program that unpacks the tar in an archive of this name; null = built in. */
export function unpackingProgram(name: string): 'bzip2' | 'xz' | null {
  if (/\.(?:tar\.bz2|tbz2)$/.test(name)) return 'bzip2';
  return /\.(?:tar\.xz|txz)$/.test(name) ? 'xz' : null;
}

/** Sends bytes through one of the programs: `-c` packs, `-dc` unpacks. Rejects for bytes that the program refuses. */
export async function through(
  program: 'bzip2' | 'xz',
  option: '-c' | '-dc',
  from: AsyncIterable<unknown>,
  to: Writable,
): Promise<void> {
  const child = spawn(program, [option], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close').then(([code]) => {
    if (code !== 0) throw new Error(`${program} refuses the bytes`);
  });
  await Promise.all([ended, pipeline(from, child.stdin), pipeline(child.stdout, to)]);
}

/** Whether `through` failed because this computer lacks the program. */
export function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause && /^spawn (?:bzip2|xz)$/.test(String(cause.syscall));
}
