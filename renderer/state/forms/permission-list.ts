/** The panel's permissions on a server in plain words, each with whether the key has it. */
import type { PermissionGroup } from '../../../bridge/schema/permission-groups.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import { permissionGroupWords, permissionWords } from '../../../bridge/panel/permission-words.js';

interface ListedPermission {
  readonly id: string;
  readonly words: string;
  readonly isAllowed: boolean;
}

export interface ListedGroup {
  readonly name: string;
  readonly title: string;
  readonly permissions: readonly ListedPermission[];
  readonly allowed: number;
}

/** All permissions that the panel knows, plus unknown permissions of the key. */
export function listPermissions(
  groups: readonly PermissionGroup[],
  grants: readonly string[],
): ListedGroup[] {
  const found = new Map<string, Map<string, string>>();
  const put = (group: string, id: string, description: string): void => {
    const ids = found.get(group) ?? new Map<string, string>();
    if (!ids.has(id)) ids.set(id, description);
    found.set(group, ids);
  };
  for (const group of groups)
    for (const { id, description } of group.permissions) put(group.name, id, description);
  const listed = new Set([...found.values()].flatMap((ids) => [...ids.keys()]));
  for (const id of grants) if (id !== '*' && !listed.has(id)) put(id.split('.')[0] ?? id, id, '');
  return [...found].map(([name, ids]) => {
    const permissions = [...ids].map(([id, description]) => ({
      id,
      words: permissionWords(id, description),
      isAllowed: isGranted(grants, id),
    }));
    const allowed = permissions.filter(({ isAllowed }) => isAllowed).length;
    return { name, title: permissionGroupWords(name), permissions, allowed };
  });
}
