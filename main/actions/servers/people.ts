import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { areSameRights, isOwnEntry, sameEmail, ungivable } from '../../../bridge/people/rights.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Person } from '../../../bridge/schema/people.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { SerialQueue } from '../../base/serial-queue.js';
import type { PanelApi } from '../../panel/api.js';
import { asked, type ServerDeps } from '../deps.js';

/**
 * Calls about the people who share servers.
 *
 * Changes of one server go one after the other: each looks at the panel first, and two looks before two changes would
 * miss each other.
 */
export function peopleCalls(deps: ServerDeps) {
  const queues = new Map<string, SerialQueue>();
  const inTurn = <T>({ serverId }: { readonly serverId: string }, work: () => Promise<T>): Promise<T> => {
    const queue = queues.get(serverId) ?? new SerialQueue();
    queues.set(serverId, queue);
    return queue.run(work);
  };
  return {
    'people.list': ({ serverId }) =>
      asked(deps, serverId, 'user.read', ({ server, watched }) => watched.panel.people(server.identifier)),
    'people.add': (input) => inTurn(input, () => add(deps, input)),
    'people.change': (input) => inTurn(input, () => change(deps, input)),
    'people.remove': (input) => inTurn(input, () => remove(deps, input)),
  } satisfies CallTable;
}

/** Adds a person, also if the answer was lost: the list then tells whether the person is there. */
async function add(
  deps: ServerDeps,
  { serverId, email, permissions }: HandlerInput<'people.add'>,
): Promise<Person> {
  return asked(deps, serverId, 'user.create', async ({ server, watched: { panel } }) => {
    demandOwnRights(server, permissions);
    try {
      return await panel.addPerson(server.identifier, { email, permissions });
    } catch (error) {
      const problem = toProblem(error);
      const isThere = problem.message.id === 'panel.person-there';
      if (!isThere && problem.maybeDone !== true) throw error;
      const made = await findPerson(panel, server, email);
      if (made === null || !areSameRights(made.permissions, permissions)) throw error;
      return made;
    }
  });
}

/** Somebody with this address; null = nobody, or the panel does not tell. */
async function findPerson(panel: PanelApi, server: Server, email: string): Promise<Person | null> {
  if (!isGranted(server.permissions, 'user.read')) return null;
  const people = await panel.people(server.identifier).catch(() => []);
  return people.find((person) => sameEmail(person.email, email)) ?? null;
}

async function change(
  deps: ServerDeps,
  { serverId, person, permissions, replaces }: HandlerInput<'people.change'>,
): Promise<Person> {
  return asked(deps, serverId, 'user.update', async ({ server, watched: { panel } }) => {
    const { identifier } = server;
    if (isGranted(server.permissions, 'user.read')) {
      const present = (await panel.people(identifier)).find(({ uuid }) => uuid === person);
      if (present === undefined) throw new PerchError(gone);
      demandOther(deps, server, present);
      // The answer of an earlier press may have been lost after the panel had made the change.
      if (areSameRights(present.permissions, permissions)) return present;
      if (!areSameRights(present.permissions, replaces)) throw new PerchError(changedMeanwhile);
    }
    demandOwnRights(server, permissions);
    return panel.changePerson(identifier, person, permissions);
  });
}

async function remove(deps: ServerDeps, { serverId, person }: HandlerInput<'people.remove'>): Promise<void> {
  await asked(deps, serverId, 'user.delete', async ({ server, watched: { panel } }) => {
    try {
      await panel.removePerson(server.identifier, person);
    } catch (error) {
      const { code, maybeDone } = toProblem(error);
      if (code === 'not-found') return;
      if (maybeDone !== true || !isGranted(server.permissions, 'user.read')) throw error;
      const people = await panel.people(server.identifier).catch(() => null);
      if (people === null || people.some(({ uuid }) => uuid === person)) throw error;
    }
  });
}

/** Throws `forbidden` if the list has a permission that the user of the key lacks. */
function demandOwnRights({ permissions: grants }: Server, permissions: readonly string[]): void {
  const missing = ungivable(grants, permissions);
  if (missing.length === 0) return;
  const message = sentence('actions.rights-lacking', { permissions: missing.slice(0, 5).join(', ') });
  throw new PerchError(newProblem('forbidden', message, sentence('panel.rights-not-own-next')));
}

function demandOther({ store }: ServerDeps, { accountId }: Server, person: Person): void {
  if (!isOwnEntry(person, store.state.accounts.get(accountId)?.user)) return;
  throw new PerchError(newProblem('forbidden', sentence('actions.own-entry')));
}

const changedMeanwhile = newProblem('conflict', sentence('actions.person-changed'));
const gone = newProblem('not-found', sentence('actions.person-gone'), sentence('panel.load-people'));
