/** SFTP address of a server, and its user name. */
import type { Server } from '../schema/domain.js';
import { addressHost } from './address-host.js';
import { isGranted } from './permissions.js';

export interface SftpLogin {
  readonly host: string;
  readonly port: number;
  /** null while the owner of the key is unknown. */
  readonly user: string | null;
  readonly address: string;
}

/**
 * User name for SFTP, `<user>.<8 characters>` (PROTOCOL 2.0). The characters are the identifier, or the start of the
 * uuid for a longer identifier. null = the server has no SFTP, or its host or the user can't be part of an address.
 */
export function sftpLogin(
  { sftp, identifier, uuid }: Pick<Server, 'sftp' | 'identifier' | 'uuid'>,
  username: string | null,
): SftpLogin | null {
  if (sftp === null) return null;
  const host = addressHost(sftp.host);
  if (host === null || username?.startsWith('-') === true) return null;
  const short = /^[\da-z]{8}$/i.test(identifier) ? identifier : uuid.slice(0, 8);
  const user = username === null ? null : `${username}.${short}`;
  const who = user === null ? '' : `${encodeURIComponent(user)}@`;
  return { host: sftp.host, port: sftp.port, user, address: `sftp://${who}${host}:${sftp.port}` };
}

/** Whether a server has an address for SFTP, and its account may use SFTP there. */
export function mayUseSftp(server: Pick<Server, 'sftp' | 'identifier' | 'uuid' | 'permissions'>): boolean {
  return sftpLogin(server, null) !== null && isGranted(server.permissions, 'file.sftp');
}
