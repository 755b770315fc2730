/**
 * Roles: named sets of permissions to start from. Perch knows four; the user keeps more (`ownRoles` of the settings).
 *
 * Panels and their plugins know different permissions, so a role is a rule over the permissions that a panel lists.
 */
import { chosenRights } from './rights.js';

export const usualRoles = ['moderator', 'builder', 'developer', 'reader'] as const;
export type UsualRole = (typeof usualRoles)[number];

const controls: readonly string[] = [
  'control.console',
  'control.start',
  'control.stop',
  'control.restart',
  'control.kill',
];

/** Whether a role has a permission. Each role but `reader` includes the permissions of the previous role. */
const has: Readonly<Record<UsualRole, (id: string) => boolean>> = {
  /** Keeps order: console, power, and activity. */
  moderator: (id) => controls.includes(id) || id === 'activity.read' || id === 'backup.read',
  /** Works on the files as well, and backs up before. */
  builder: (id) => has.moderator(id) || id.startsWith('file.') || id === 'backup.create',
  /** All but other people, and what cannot be undone: addresses, backups that are lost, a reinstallation. */
  developer: (id) =>
    has.builder(id) ||
    /^(?:startup|schedule|database)\./.test(id) ||
    ['allocation.read', 'backup.download', 'mount.read', 'settings.rename', 'settings.description'].includes(
      id,
    ),
  /** Sees how the server is set up. Contents of files may hold passwords, and the list of people has their addresses. */
  reader: (id) => id.endsWith('.read') && id !== 'user.read',
};

/** The permissions of a role that the panel knows. */
export function rightsOfRole(role: UsualRole, known: readonly string[]): string[] {
  return chosenRights(known.filter((id) => has[role](id)));
}

/** A role of the user. */
export interface OwnRole {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
}

export type RoleChoice =
  { readonly kind: 'usual'; readonly role: UsualRole } | { readonly kind: 'own'; readonly role: OwnRole };

/** The role whose permissions somebody has exactly, as far as the panel knows them; null = none. */
export function roleOf(
  permissions: readonly string[],
  known: readonly string[],
  own: readonly OwnRole[],
): RoleChoice | null {
  const listed = new Set(known);
  const wanted = chosenRights(permissions).join();
  if (wanted === '') return null;
  const mine = own.find(
    (role) => chosenRights(role.permissions.filter((id) => listed.has(id))).join() === wanted,
  );
  if (mine !== undefined) return { kind: 'own', role: mine };
  const usual = usualRoles.find((role) => rightsOfRole(role, known).join() === wanted);
  return usual === undefined ? null : { kind: 'usual', role: usual };
}

/** How far somebody's permissions are from a role. */
interface RoleDifference {
  readonly role: RoleChoice;
  /** Permissions that the role lacks. */
  readonly more: readonly string[];
  /** Permissions of the role that the panel knows and the person lacks. */
  readonly less: readonly string[];
}

/**
 * The role that is closest to somebody's permissions, and what differs from it. null without a close one: where more than
 * a third of a role differs, its name would mislead.
 */
export function closestRole(
  permissions: readonly string[],
  known: readonly string[],
  own: readonly OwnRole[],
): RoleDifference | null {
  const exact = roleOf(permissions, known, own);
  if (exact !== null) return { role: exact, more: [], less: [] };
  const chosen = new Set(chosenRights(permissions));
  const listed = new Set(known);
  let closest: RoleDifference | null = null;
  for (const { role, rights } of [
    ...usualRoles.map((name) => ({
      role: { kind: 'usual', role: name } as const,
      rights: rightsOfRole(name, known),
    })),
    ...own.map((mine) => ({
      role: { kind: 'own', role: mine } as const,
      rights: chosenRights(mine.permissions.filter((id) => listed.has(id))),
    })),
  ]) {
    const inRole = new Set(rights);
    const more = [...chosen].filter((id) => !inRole.has(id));
    const less = rights.filter((id) => !chosen.has(id));
    const differing = more.length + less.length;
    if (rights.length === 0 || differing > rights.length / 3) continue;
    if (closest === null || differing < closest.more.length + closest.less.length)
      closest = { role, more, less };
  }
  return closest;
}
