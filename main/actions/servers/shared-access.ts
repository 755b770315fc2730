/**
 * Gives somebody access to one server of a bulk action, or takes it away, at most once.
 *
 * A server where the person already has these permissions counts as done. So does, when access is taken away, a server
 * that the person does not share. Other permissions stay, unless the user agreed to replace them.
 */
import { PerchError, newProblem } from '../../../bridge/errors.js';
import { areSameRights, sameEmail } from '../../../bridge/people/rights.js';
import { isUnread } from '../../../bridge/people/unread.js';
import type { SharedAccess } from '../../../bridge/schema/people.js';
import { sentence } from '../../../messages/messages.js';
import { asked, demand, type ServerDeps } from '../deps.js';
import { addPerson, changePerson, demandOther, removePerson } from './people-writes.js';

/** Resolves once the server has the wished access. Rejects with `PerchError`: `maybeDone` = nobody knows. */
export async function setAccess(
  deps: ServerDeps,
  serverId: string,
  { email, permissions, replaces }: SharedAccess,
): Promise<void> {
  const needed = permissions === null ? 'user.delete' : 'user.create';
  await asked(deps, serverId, needed, async ({ server, watched: { panel } }) => {
    // Only the list shows who already shares the server.
    demand(server, 'user.read');
    const people = await panel.people(server.identifier);
    const present = people.find((person) => sameEmail(person.email, email));
    if (permissions === null) {
      if (present === undefined && people.some(isUnread)) throw new PerchError(unread);
      if (present === undefined) return;
      demandOther(deps, server, present);
      return removePerson(panel, server, present.uuid);
    }
    if (present === undefined) return void (await addPerson(panel, server, { email, permissions }));
    if (areSameRights(present.permissions, permissions)) return;
    if (!replaces) throw new PerchError(other);
    demand(server, 'user.update');
    demandOther(deps, server, present);
    await changePerson(panel, server, present.uuid, permissions);
  });
}

const unread = newProblem('protocol', sentence('actions.people-unread'));
const other = newProblem('conflict', sentence('actions.person-other'));
