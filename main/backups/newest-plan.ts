/** Which lists of backups can be read. Pure. */
import type { Account, Server } from '../../bridge/schema/domain.js';
import { canReadList } from '../fleet/list-readers.js';

/** Only a server that may have backups has a list (PROTOCOL 2.16). */
export function canRead(server: Server, account: Account | undefined): boolean {
  return (server.limits.backups ?? 0) > 0 && canReadList(server, account, ['backup.read']);
}
