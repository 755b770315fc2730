/**
 * Permissions in plain words (PROTOCOL 5, 8.1.7): what one allows, what its group is called, and
 * why something can't be used without it. Panels describe theirs for people who grant them, or not at all.
 */
import { isMessage, spoken } from '../../messages/messages.js';
import type { Condition } from '../schema/domain.js';
import { conditionBlock, isGranted, lacking } from './permissions.js';

/** What a permission allows; the panel's own description where Perch does not know it, and its id without one. */
export function permissionWords(id: string, description = ''): string {
  const known = `permission-words.${id}`;
  return isMessage(known) ? spoken({ id: known }) : description.trim() || id;
}

/** What a group of permissions is called; its own name where Perch does not know it. */
export function permissionGroupWords(name: string): string {
  const known = `permission-groups.${name}`;
  return isMessage(known) ? spoken({ id: known }) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** Why what needs this permission can't be used on a server; null where it can (PROTOCOL 1.6). */
export function useBlock(
  server: { readonly condition: Condition; readonly permissions: readonly string[] | null },
  permission: string,
): string | null {
  const block =
    conditionBlock(server.condition) ??
    (isGranted(server.permissions, permission) ? null : lacking(permission));
  return block === null ? null : spoken(block);
}
