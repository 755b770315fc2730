/** Where the files of a server are reached, and as whom. */
import type { Server } from '../../../../bridge/schema/domain.js';

export interface SftpLogin {
  readonly host: string;
  readonly port: number;
  /** null while it is not known whose key this is. */
  readonly user: string | null;
  readonly address: string;
}

/** Nodes take user names of the form `<user>.<8 characters>`: of a longer identifier, those of the uuid (PROTOCOL 2.0). */
export function sftpLogin(
  { sftp, identifier, uuid }: Pick<Server, 'sftp' | 'identifier' | 'uuid'>,
  username: string | null,
): SftpLogin | null {
  if (sftp === null) return null;
  const short = /^[\da-z]{8}$/i.test(identifier) ? identifier : uuid.slice(0, 8);
  const user = username === null ? null : `${username}.${short}`;
  const host = sftp.host.includes(':') && !sftp.host.startsWith('[') ? `[${sftp.host}]` : sftp.host;
  const who = user === null ? '' : `${encodeURIComponent(user)}@`;
  return { host: sftp.host, port: sftp.port, user, address: `sftp://${who}${host}:${sftp.port}` };
}
