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
  return {
    server: shownServer(server, deps),
    people: people.map(({ name: who, email, hasTwoFactor, permissions }) => ({
      name: isProgram ? userForPrograms(who) : who,
      email: isProgram ? null : email,
      hasTwoFactor,
      permissions,
    })),
  };
}
