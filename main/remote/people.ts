import { oneLine } from '../../bridge/console/plain-line.js';
import { isUnread } from '../../bridge/people/unread.js';
import type { Person } from '../../bridge/schema/people.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { Actions } from '../actions/actions.js';
import type { Call } from './call.js';
import { userForPrograms } from './for-programs.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';

export interface RemotePeopleDeps extends SettledDeps {
  readonly actions: Pick<Actions, 'people.list'>;
}

/** Who shares a server. A program gets no e-mail addresses. */
export async function listPeople(
  deps: RemotePeopleDeps,
  { name }: RemoteInput<'people'>,
  { client }: Pick<Call<'people'>, 'client'>,
): Promise<RemoteOutput<'people'>> {
  const server = await settledServer(deps, name);
  const people = await deps.actions['people.list']({ serverId: server.id });
  const isProgram = client.kind === 'program';
  const read = people.filter((one) => !isUnread(one));
  return {
    server: shownServer(server, deps),
    people: read.map((one) => shownPerson(one, isProgram)),
    unread: people.length - read.length,
  };
}

/** Somebody as the command line shows them. Text from the panel is made safe for a terminal. */
export function shownPerson(
  { name, email, hasTwoFactor, permissions }: Person,
  isProgram: boolean,
): RemoteOutput<'people'>['people'][number] {
  return {
    name: oneLine(isProgram ? userForPrograms(name) : name, 200),
    email: isProgram ? null : oneLine(email, 200),
    hasTwoFactor,
    permissions,
  };
}
