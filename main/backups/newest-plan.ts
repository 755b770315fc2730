/** Which lists of backups can be read. Pure. */
import type { Account, Server } from '../../bridge/schema/domain.js';
import { conditionBlock, isGranted } from '../../bridge/panel/permissions.js';

/** Whether a read can tell anything: the panel would answer, and the server may have backups (PROTOCOL 2.16). */
export function canRead(server: Server, account: Account | undefined): boolean {
  const { limits, condition, permissions } = server;
  return (
    account?.state.kind === 'ready' &&
    (limits.backups ?? 0) > 0 &&
    conditionBlock(condition) === null &&
    permissions !== null &&
    isGranted(permissions, 'backup.read')
  );
}
