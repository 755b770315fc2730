/** Changes of who shares a server, each judged by the panel's list if an answer is lost. */
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { areSameRights, isOwnEntry, sameEmail, ungivable } from '../../../bridge/people/rights.js';
import { isUnread } from '../../../bridge/people/unread.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Person } from '../../../bridge/schema/people.js';
import { sentence } from '../../../messages/messages.js';
import type { PanelApi } from '../../panel/api.js';
import type { ServerDeps } from '../deps.js';

type PeoplePanel = Pick<PanelApi, 'people' | 'addPerson' | 'changePerson' | 'removePerson'>;
type SharedServer = Pick<Server, 'identifier' | 'permissions'>;

/** Gives somebody access. Rejects with `PerchError`; `maybeDone` = the list does not tell. */
export async function addPerson(
  panel: PeoplePanel,
  server: SharedServer,
  { email, permissions }: { readonly email: string; readonly permissions: readonly string[] },
): Promise<Person> {
  demandOwnRights(server, permissions);
  try {
    return await panel.addPerson(server.identifier, { email, permissions });
  } catch (error) {
    const problem = toProblem(error);
    const isThere = problem.message.id === 'panel.person-there';
    if (!isThere && problem.maybeDone !== true) throw error;
    const made = (await peopleIfTold(panel, server))?.find((person) => sameEmail(person.email, email));
    if (made === undefined || !areSameRights(made.permissions, permissions)) throw error;
    return made;
  }
}

/** Replaces all permissions of somebody. Rejects with `PerchError`; `maybeDone` = the list does not tell. */
export async function changePerson(
  panel: PeoplePanel,
  server: SharedServer,
  person: string,
  permissions: readonly string[],
): Promise<Person> {
  demandOwnRights(server, permissions);
  try {
    return await panel.changePerson(server.identifier, person, permissions);
  } catch (error) {
    if (toProblem(error).maybeDone !== true) throw error;
    const changed = (await peopleIfTold(panel, server))?.find(({ uuid }) => uuid === person);
    if (changed === undefined || !areSameRights(changed.permissions, permissions)) throw error;
    return changed;
  }
}

/**
 * Takes the access away. Somebody who is gone already counts as removed, but only if the list says so: a panel answers
 * with the same 404 if the user of the key has lost the server. Rejects with `PerchError`.
 */
export async function removePerson(panel: PeoplePanel, server: SharedServer, person: string): Promise<void> {
  try {
    await panel.removePerson(server.identifier, person);
  } catch (error) {
    const { code, maybeDone } = toProblem(error);
    const people = code === 'not-found' || maybeDone === true ? await peopleIfTold(panel, server) : null;
    if (people === null || people.some((one) => one.uuid === person || isUnread(one))) throw error;
  }
}

/** null = the key may not see the people, or the panel does not answer. */
async function peopleIfTold(panel: PeoplePanel, server: SharedServer): Promise<Person[] | null> {
  if (!isGranted(server.permissions, 'user.read')) return null;
  return panel.people(server.identifier).catch(() => null);
}

/** Throws `forbidden` if the list has a permission that the user of the key lacks. */
function demandOwnRights({ permissions: grants }: SharedServer, permissions: readonly string[]): void {
  const missing = ungivable(grants, permissions);
  if (missing.length === 0) return;
  const message = sentence('actions.rights-lacking', { permissions: missing.slice(0, 5).join(', ') });
  throw new PerchError(newProblem('forbidden', message, sentence('panel.rights-not-own-next')));
}

/** Throws `forbidden` for the user of the key. */
export function demandOther(
  { store }: Pick<ServerDeps, 'store'>,
  { accountId }: Pick<Server, 'accountId'>,
  person: Person,
): void {
  if (!isOwnEntry(person, store.state.accounts.get(accountId)?.user)) return;
  throw new PerchError(newProblem('forbidden', sentence('actions.own-entry')));
}
