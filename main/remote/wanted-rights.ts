/** The permissions that a command gives: those of a role, or those that are named. */
import { chosenRights } from '../../bridge/people/rights.js';
import { rightsOfRole, usualRoles, type OwnRole, type UsualRole } from '../../bridge/people/roles.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { PermissionGroup } from '../../bridge/schema/permission-groups.js';
import { sentence } from '../../messages/messages.js';

interface WantedRights {
  /** One of `usualRoles`, or the name of a role of the user. */
  readonly role: string | null;
  /** Ids of permissions; null = those of the role. */
  readonly permissions: readonly string[] | null;
}

const mostNamed = 20;

/** Throws `usage` for a role or a permission that is unknown, and for neither. */
export function wantedRights(
  { role, permissions }: WantedRights,
  catalogue: readonly PermissionGroup[],
  ownRoles: readonly OwnRole[],
): string[] {
  const known = catalogue.flatMap((group) => group.permissions.map(({ id }) => id));
  const rights = permissions === null ? ofRole(role, known, ownRoles) : named(permissions, known);
  if (rights.length > 0) return rights;
  throw new RemoteError(newFailure('usage', sentence('remote.no-rights')));
}

function ofRole(role: string | null, known: readonly string[], ownRoles: readonly OwnRole[]): string[] {
  if (role === null) return [];
  const own = ownRoles.find(({ name }) => name === role);
  if (own !== undefined) {
    const listed = new Set(known);
    return chosenRights(own.permissions.filter((id) => listed.has(id)));
  }
  if (isUsual(role)) return rightsOfRole(role, known);
  const failure = newFailure('usage', sentence('remote.no-role', { name: role }));
  const names = [...usualRoles, ...ownRoles.map(({ name }) => oneLine(name, 100))];
  throw new RemoteError({ ...failure, candidates: names.slice(0, mostNamed) });
}

function named(permissions: readonly string[], known: readonly string[]): string[] {
  const listed = new Set(known);
  const unknown = permissions.filter((id) => !listed.has(id));
  if (unknown.length === 0) return chosenRights(permissions);
  const failure = newFailure('usage', sentence('remote.no-permission', { count: unknown.length }));
  const candidates = unknown.slice(0, mostNamed).map((id) => oneLine(id, 100));
  throw new RemoteError({ ...failure, candidates });
}

function isUsual(role: string): role is UsualRole {
  return (usualRoles as readonly string[]).includes(role);
}
