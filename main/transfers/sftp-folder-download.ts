/** Downloads a folder of a server over SFTP. The node packs nothing, so the server needs no space for an archive. */
import { newProblem } from '../../bridge/errors.js';
import { joined } from '../../bridge/files/file-paths.js';
import { sentence } from '../../messages/messages.js';
import type { RemoteFiles } from '../sftp/sftp-files.js';
import { inTurns } from './in-turns.js';
import { sftpFailure, type SftpDoor } from './sftp-upload.js';
import { broke, wrongSize } from './transfer-failures.js';

/** Files that are brought at a time. */
const mostFiles = 8;
/** Requests under way for each of them: 4 MiB for all together. */
const mostRequests = 16;
/** Most files and folders. */
const mostEntries = 200_000;
/** Bytes by which a file may have grown since the node listed it. A node that sends on and on would fill the disk. */
const mostGrowth = 64 * 1_048_576;
/** Most folders below each other. */
const mostDeep = 128;

/** A folder of this computer that gets the files. Names from the node are hostile; the files get safe names. */
export interface LocalTree {
  /**
   * Measures the free space of the disk. The result throws `TransferBroke` for more bytes than all files may take.
   * Rejects with `TransferBroke`.
   */
  room(): Promise<(bytes: number) => void>;
  /** Makes a folder. Resolves with its path. Rejects with `TransferBroke`. */
  makeFolder(above: string, name: string): Promise<string>;
  /** Makes a file that did not exist. Rejects with `TransferBroke`. */
  create(folder: string, name: string): Promise<LocalFileToFill>;
}

interface LocalFileToFill {
  write(part: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

export interface FolderToFetch {
  readonly serverId: string;
  readonly path: string;
  /** An empty folder of this computer. */
  readonly into: string;
  readonly local: LocalTree;
  /** Bytes of all files, as the node lists them. */
  readonly listed: (bytes: number) => Promise<void>;
  /** Called with each part. Resolves when the next one may come; rejects after an abort. */
  readonly arrived: (bytes: number) => Promise<void>;
  readonly signal: AbortSignal;
}

interface FoundFile {
  readonly path: string;
  readonly folder: string;
  readonly name: string;
  readonly bytes: number;
}

interface Fetching {
  readonly files: RemoteFiles;
  readonly sftp: Pick<SftpDoor, 'read'>;
  readonly wanted: Pick<FolderToFetch, 'local' | 'arrived'>;
  /** Called with each part before the disk gets the part. Throws `TransferBroke` if the disk has no room. */
  readonly took: (bytes: number) => void;
}

/** Resolves with the number of links and devices that were left out. Rejects with `TransferBroke` or `PerchError`. */
export async function fetchFolder(
  sftp: Pick<SftpDoor, 'use' | 'read'>,
  wanted: FolderToFetch,
): Promise<{ leftOut: number }> {
  try {
    const fetch = async (files: RemoteFiles): Promise<{ leftOut: number }> => {
      const demandRoom = await wanted.local.room();
      const { found, leftOut } = await foldersOf(files, wanted);
      const listed = found.reduce((sum, { bytes }) => sum + bytes, 0);
      await wanted.listed(listed);
      demandRoom(listed);
      let whole = 0;
      // A node may send more than it has listed.
      const took = (bytes: number): void => demandRoom((whole += bytes));
      await inTurns(found, mostFiles, (file) => fetchFile({ files, sftp, wanted, took }, file));
      return { leftOut };
    };
    return await sftp.use(wanted.serverId, fetch, wanted.signal);
  } catch (error) {
    throw sftpFailure(error);
  }
}

/** Makes all folders here. Resolves with the files of all of them. */
async function foldersOf(
  files: RemoteFiles,
  { path: top, into, local, arrived }: FolderToFetch,
): Promise<{ found: FoundFile[]; leftOut: number }> {
  const found: FoundFile[] = [];
  let leftOut = 0;
  let entries = 0;
  let level = [{ path: top, folder: into }];
  for (let deep = 0; level.length > 0; deep++) {
    if (deep > mostDeep) throw tooMany();
    const below: typeof level = [];
    await inTurns(level, mostFiles, async ({ path, folder }) => {
      await arrived(0);
      for await (const { name, kind, bytes } of files.list(path)) {
        entries += 1;
        if (entries > mostEntries) throw tooMany();
        const whole = joined(path, name);
        if (kind === 'folder') below.push({ path: whole, folder: await local.makeFolder(folder, name) });
        else if (kind === 'file') found.push({ path: whole, folder, name, bytes });
        else leftOut += 1;
      }
    });
    level = below;
  }
  return { found, leftOut };
}

async function fetchFile(
  { files, sftp, wanted, took }: Fetching,
  { path, folder, name, bytes }: FoundFile,
): Promise<void> {
  await wanted.arrived(0);
  const file = await files.open(path);
  try {
    const target = await wanted.local.create(folder, name);
    let left = bytes + mostGrowth;
    try {
      for await (const part of sftp.read(files, { path, file, bytes }, mostRequests)) {
        left -= part.length;
        if (left < 0) throw wrongSize();
        took(part.length);
        await target.write(part);
        await wanted.arrived(part.length);
      }
    } finally {
      await target.close();
    }
  } finally {
    await files.close(path, file);
  }
}

const tooMany = (): Error =>
  broke('person', newProblem('protocol', sentence('transfers.too-many-inside', { most: mostEntries })));
