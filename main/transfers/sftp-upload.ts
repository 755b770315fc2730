/** Sends a file over SFTP, which has no limit for its size. */
import { PerchError, toProblem } from '../../bridge/errors.js';
import { folderOf } from '../../bridge/files/file-paths.js';
import type { RemoteFiles } from '../sftp/sftp-files.js';
import { broke } from './transfer-failures.js';
import { partlyOnNode } from './upload-failures.js';

/** SFTP of servers. */
export interface SftpDoor {
  /** Whether Perch has an SFTP key for the server's account, and the account may use SFTP there. */
  isOn(serverId: string): boolean;
  /** As `SftpConnections.use`. */
  use<T>(serverId: string, run: (files: RemoteFiles) => Promise<T>, signal: AbortSignal): Promise<T>;
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
  /** Path on the server. What lies there belongs to this upload: an earlier attempt may have left a part. */
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Resolves when nobody pauses. Rejects after an abort. */
  readonly pass: () => Promise<void>;
  readonly signal: AbortSignal;
  /** Rejects at an abort; the work behind it continues without harm. */
  readonly orAborted: <T>(work: Promise<T>) => Promise<T>;
}

/**
 * Resolves when the node has the whole file. Rejects with `TransferBroke`, or with what the content threw.
 *
 * An abort ends the wait for a connection, and for the content. The wait for the answer to the opening of the file
 * continues for a moment, because the later removal must find the file.
 */
export async function sendOverSftp(
  sftp: Pick<SftpDoor, 'use' | 'write'>,
  { serverId, path, content, pass, signal, orAborted }: SftpUpload,
): Promise<void> {
  try {
    const send = async (files: RemoteFiles): Promise<void> => {
      await pass();
      await files.makeFolder(folderOf(path));
      await pass();
      const file = await files.create(path);
      const bytes = await orAborted(filled(sftp, files, { path, file, content }));
      if ((await orAborted(files.look(path)))?.bytes === bytes) return;
      await files.remove(path);
      throw partlyOnNode();
    };
    await sftp.use(serverId, send, signal);
  } catch (error) {
    throw sftpFailure(error);
  }
}

/** Fills and closes a file. Resolves with the number of bytes. */
async function filled(
  sftp: Pick<SftpDoor, 'write'>,
  files: RemoteFiles,
  { path, file, content }: Pick<SftpUpload, 'path' | 'content'> & { readonly file: Buffer },
): Promise<number> {
  try {
    return await sftp.write(files, { path, file }, content);
  } finally {
    await files.close(path, file);
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
    case 'sftp.too-many-names':
      return broke('person', problem, error);
    case 'sftp.failed':
      return broke('mismatch', problem, error);
    default:
      return error;
  }
}
