import type { Account } from '../../../bridge/schema/domain.js';
import type { AccountRecord } from '../../base/ports.js';

/** SFTP of the account for windows, without the parts of the key; nothing if it is not set up. */
export function sftpShown({ sftp, sftpHosts }: AccountRecord): Pick<Account, 'sftp'> {
  if (sftp === undefined || sftp.isPending === true) return {};
  const { fingerprint, name, addedAt } = sftp;
  return { sftp: { fingerprint, name, addedAt, hosts: [...(sftpHosts ?? [])] } };
}

/** A replacement of the account's key that may have left a key at the panel, for windows. */
export function keyRenewalShown({ keyRenewal }: AccountRecord): Pick<Account, 'keyRenewal'> {
  if (keyRenewal === undefined) return {};
  return { keyRenewal: { name: keyRenewal.name, at: keyRenewal.at } };
}
