/** Sends a file over SFTP, which has no limit for its size. */
import { PerchError, toProblem } from '../../bridge/errors.js';
import { folderOf } from '../../bridge/files/file-paths.js';
import type { RemoteFiles } from '../sftp/sftp-files.js';
import { broke } from './transfer-failures.js';
import { partlyThere } from './upload-failures.js';

/** SFTP of servers. */
export interface SftpDoor {
  /** Whether Perch has an SFTP key for the server's account, and the account may use SFTP there. */
  isOn(serverId: string): boolean;
  /** Rejects with `PerchError` if there is no connection, and as `run` does. */
  use<T>(serverId: string, run: (files: RemoteFiles) => Promise<T>): Promise<T>;
  /** Writes a content to an open file, with at most so many requests under way. Resolves with the number of bytes. */
  write(
    files: RemoteFiles,
    target: { readonly path: string; readonly file: Buffer },
    content: AsyncIterable<Uint8Array>,
    most?: number,
  ): Promise<number>;
  /** Parts of an open file in order. `bytes` = its size as far as known. */
  read(
    files: RemoteFiles,
    source: { readonly path: string; readonly file: Buffer; readonly bytes: number },
    most?: number,
  ): AsyncIterable<Uint8Array>;
}

export interface SftpUpload {
  readonly serverId: string;
  /** Path on the server, in place of a file of this name. */
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Resolves when the node has the whole file. Rejects with `TransferBroke`, or with what the content threw. */
export async function sendOverSftp(
  sftp: Pick<SftpDoor, 'use' | 'write'>,
  { serverId, path, content }: SftpUpload,
): Promise<void> {
  try {
    await sftp.use(serverId, async (files) => {
      await files.makeFolder(folderOf(path));
      const file = await files.create(path);
      let bytes: number;
      try {
        bytes = await sftp.write(files, { path, file }, content);
      } finally {
        await files.close(path, file);
      }
      if ((await files.look(path))?.bytes !== bytes) throw partlyThere();
    });
  } catch (error) {
    throw sftpFailure(error);
  }
}

/** A node's refusal that another attempt would only meet again needs a person. */
export function sftpFailure(error: unknown): unknown {
  if (!(error instanceof PerchError)) return error;
  const problem = toProblem(error);
  switch (problem.message.id) {
    case 'transfers.server-full':
    case 'sftp.not-set-up':
    case 'sftp.key-lost':
    case 'sftp.no-address':
      return broke('person', problem, error);
    case 'sftp.failed':
      return broke('mismatch', problem, error);
    default:
      return error;
  }
}
