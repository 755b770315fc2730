import type { PermissionGroup } from '../../bridge/domain.js';
import type { ActionsDeps } from './deps.js';

/** Every permission that the panel of this account knows (PROTOCOL 2.13). */
export async function readPermissions(
  { fleet }: Pick<ActionsDeps, 'fleet'>,
  accountId: string,
): Promise<PermissionGroup[]> {
  return fleet.panelOf(accountId).permissions();
}
