/**
 * Permissions in plain words (PROTOCOL 5, 8.1.7): the description of a permission, the name of its group, and the
 * reason why an action needs it. The panels' own descriptions are missing or written for administrators.
 */
import { isMessage, spoken } from '../../messages/messages.js';
import type { Condition } from '../schema/domain.js';
import { conditionBlock, isGranted, lacking } from './permissions.js';

/** A permission in plain words. An unknown permission gets the panel's description, or its id if there is none. */
export function permissionWords(id: string, description = ''): string {
  const known = `permission-words.${id}`;
  return isMessage(known) ? spoken({ id: known }) : description.trim() || id;
}

/** Name of a permission group; the panel's own name for an unknown group. */
export function permissionGroupWords(name: string): string {
  const known = `permission-groups.${name}`;
  return isMessage(known) ? spoken({ id: known }) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Why an action with this permission is blocked on a server; null if it is allowed (PROTOCOL 1.6). */
export function useBlock(
  server: { readonly condition: Condition; readonly permissions: readonly string[] | null },
  permission: string,
): string | null {
  const block =
    conditionBlock(server.condition) ??
    (isGranted(server.permissions, permission) ? null : lacking(permission));
  return block === null ? null : spoken(block);
}

/** Why the panel serves no data of a server now; null if it does. */
export function closedWords({ condition }: { readonly condition: Condition }): string | null {
  const closed = conditionBlock(condition);
  return closed === null ? null : spoken(closed);
}
