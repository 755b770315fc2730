/** The files of an upload in archives: where they are here, and their paths on the server. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { joined } from '../../bridge/files/file-paths.js';
import { mostPackedFiles } from '../../bridge/schema/transfers.js';
import type { TransferDisk } from './disk-port.js';
import type { LocalFile } from './local-files.js';

export interface PackedFile {
  /** On this computer. */
  readonly place: string;
  /** From the folder of the server that gets the files. */
  readonly path: string;
  readonly bytes: number;
  readonly modifiedAt: number;
}

export interface PackedFiles {
  readonly files: readonly PackedFile[];
  /** Number of links, pipes and devices, which nobody follows. */
  readonly leftOut: number;
  readonly isCut: boolean;
}

/** Walks through the chosen files in a folder of this computer. Rejects as Node does. */
export async function packedFiles(
  disk: Pick<TransferDisk, 'walk'>,
  { folder, names }: { readonly folder: string; readonly names: readonly string[] },
): Promise<PackedFiles> {
  const sources = names.map((name) => join(folder, name));
  const { files, ...others } = await disk.walk(sources, mostPackedFiles);
  return { files: files.map(packedFile), ...others };
}

export function packedFile({ folder, file, below, bytes, modifiedAt }: LocalFile): PackedFile {
  return { place: join(folder, file), path: [...below, file].join('/'), bytes, modifiedAt };
}

/** SHA-1 of the paths, in any order. */
export function pathsDigest(files: readonly PackedFile[]): string {
  return sha1(JSON.stringify(files.map(({ path }) => path).sort()));
}

/** Path of a file on the server. */
export function pathThere(folder: string, { path }: PackedFile): string {
  return joined(folder, path);
}

/** In hexadecimal digits. */
export function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
