/** Which permissions of a person count, and which ones somebody may give (PROTOCOL 2.23). Pure. */
import type { Server } from '../schema/domain.js';
import type { Person } from '../schema/people.js';
import { isGranted } from '../panel/permissions.js';

/** Permissions that a panel gives to everybody who shares a server (PROTOCOL 2.23.3). */
const alwaysGiven: ReadonlySet<string> = new Set(['websocket.connect', 'admin.websocket']);

/** The permissions without those that everybody has, each once, in the order of the alphabet. */
export function chosenRights(permissions: readonly string[]): string[] {
  return [...new Set(permissions)].filter((id) => !alwaysGiven.has(id)).sort();
}

export function isAlwaysGiven(permission: string): boolean {
  return alwaysGiven.has(permission);
}

/** Whether two lists give the same, whatever their order. */
export function areSameRights(one: readonly string[], other: readonly string[]): boolean {
  return chosenRights(one).join() === chosenRights(other).join();
}

/**
 * Permissions of the list that the key of a server cannot give, because its user lacks them. If the grants are unknown,
 * every permission counts as granted: the panel decides.
 */
export function ungivable(grants: Server['permissions'], permissions: readonly string[]): string[] {
  return chosenRights(permissions).filter((id) => !isGranted(grants, id));
}

/** Whether the person is the user of the key: nobody changes or removes their own entry (PROTOCOL 2.23.5). */
export function isOwnEntry(
  { name, email }: Pick<Person, 'name' | 'email'>,
  user: { readonly username: string; readonly email: string } | null | undefined,
): boolean {
  if (user === null || user === undefined) return false;
  return sameEmail(email, user.email) || name === user.username;
}

/** Panels compare addresses without regard to capitals. */
export function sameEmail(one: string, other: string): boolean {
  return one !== '' && one.trim().toLowerCase() === other.trim().toLowerCase();
}
