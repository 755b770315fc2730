import { PerchError, newProblem } from '../../../bridge/errors.js';
import { areSameRights } from '../../../bridge/people/rights.js';
import { isGranted } from '../../../bridge/panel/permissions.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Person } from '../../../bridge/schema/people.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { asked, type ActionsDeps, type ServerDeps } from '../deps.js';
import { addPerson, changePerson, demandOther, removePerson } from './people-writes.js';
import { ServerTurns } from './server-turns.js';

/** Calls about the people who share servers. */
export function peopleCalls(deps: ServerDeps & Pick<ActionsDeps, 'peopleChanged'>) {
  const turns = new ServerTurns(deps);
  const inTurn = <T>({ serverId }: { readonly serverId: string }, work: () => Promise<T>): Promise<T> =>
    turns.run(serverId, () => work().finally(() => deps.peopleChanged(serverId)));
  return {
    'people.list': ({ serverId }) =>
      asked(deps, serverId, 'user.read', ({ server, watched }) => watched.panel.people(server.identifier)),
    'people.view': ({ serverId, person }) =>
      asked(deps, serverId, 'user.read', ({ server, watched }) =>
        watched.panel.person(server.identifier, person),
      ),
    'people.add': (input) =>
      inTurn(input, () =>
        asked(deps, input.serverId, 'user.create', ({ server, watched }) =>
          addPerson(watched.panel, server, input),
        ),
      ),
    'people.change': (input) => inTurn(input, () => change(deps, input)),
    'people.remove': (input) =>
      inTurn(input, () =>
        asked(deps, input.serverId, 'user.delete', ({ server, watched }) =>
          removePerson(watched.panel, server, input.person),
        ),
      ),
  } satisfies CallTable;
}

async function change(
  deps: ServerDeps,
  { serverId, person, permissions, replaces }: HandlerInput<'people.change'>,
): Promise<Person> {
  return asked(deps, serverId, 'user.update', async ({ server, watched: { panel } }) => {
    if (isGranted(server.permissions, 'user.read')) {
      // The list, because panels show nobody their own entry alone.
      const present = (await panel.people(server.identifier)).find(({ uuid }) => uuid === person);
      if (present === undefined) throw new PerchError(gone);
      demandOther(deps, server, present);
      // The answer of an earlier press may have been lost after the panel had made the change.
      if (areSameRights(present.permissions, permissions)) return present;
      if (!areSameRights(present.permissions, replaces)) throw new PerchError(changedMeanwhile);
    }
    return changePerson(panel, server, person, permissions);
  });
}

const changedMeanwhile = newProblem('conflict', sentence('actions.person-changed'));
const gone = newProblem('not-found', sentence('actions.person-gone'), sentence('panel.load-people'));
