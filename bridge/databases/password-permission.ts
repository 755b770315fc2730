/** The permission to see passwords of databases, which the two panels spell differently (PROTOCOL 2.22.2, 8.1.7). */
import type { Server } from '../schema/domain.js';
import { isGranted } from '../panel/permissions.js';

/** Name of the permission on the server's panel: only Pelican changes a description apart from the name (PROTOCOL 8.3.4). */
export function passwordPermission({ naming }: Pick<Server, 'naming'>): string {
  return naming.description === 'with-name' ? 'database.view_password' : 'database.view-password';
}

/** Unknown grants count as allowed, as everywhere: the panel decides. */
export function maySeePasswords({ permissions }: Pick<Server, 'permissions'>): boolean {
  return ['database.view_password', 'database.view-password'].some((each) => isGranted(permissions, each));
}
