import { oneLine } from '../../../../bridge/console/plain-line.js';
import { chosenRights } from '../../../../bridge/people/rights.js';
import { roleOf, type OwnRole } from '../../../../bridge/people/roles.js';
import { hasId } from '../../../../bridge/people/unread.js';
import type { PermissionGroup } from '../../../../bridge/schema/permission-groups.js';
import type { Person } from '../../../../bridge/schema/people.js';
import { say } from '../../../../messages/messages.js';

/** Name of a person as a dialog or row shows it. */
export function personName({ name, email }: Pick<Person, 'name' | 'email'>): string {
  return oneLine(name || email, 80);
}

/** Why nobody can change or remove the person, if the panel names no id; null if it does. */
export function noIdBlock(person: Pick<Person, 'uuid'>): string | null {
  return hasId(person) ? null : say('people.no-id');
}

/** Ids of all permissions that the panel knows. */
export function idsOf(groups: readonly PermissionGroup[]): string[] {
  return groups.flatMap(({ permissions }) => permissions.map(({ id }) => id));
}

/** The role that somebody has, or the number of their permissions. */
export function rightsWords(
  permissions: readonly string[],
  groups: readonly PermissionGroup[] | null,
  own: readonly OwnRole[],
): string {
  const role = roleOf(permissions, idsOf(groups ?? []), own);
  if (role?.kind === 'usual') return say(`people.role-${role.role}`);
  if (role?.kind === 'own') return oneLine(role.role.name, 60);
  return say('people.permissions', { count: chosenRights(permissions).length });
}

/** Whether a text can be an e-mail address; the panel judges the rest. */
export function looksLikeEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text.trim());
}
