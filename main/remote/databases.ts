import type { Server } from '../../bridge/schema/domain.js';
import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { Database } from '../../bridge/schema/databases.js';
import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';
import type { Actions } from '../actions/actions.js';
import { stillWanted, type Call } from './call.js';
import type { Consent } from './consent.js';
import { databaseNamed } from './named-databases.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownName, shownPlace, shownServer } from './shown-server.js';

export interface RemoteDatabasesDeps extends SettledDeps {
  readonly actions: Pick<
    Actions,
    'databases.list' | 'databases.create' | 'databases.rotate' | 'databases.remove'
  >;
  readonly consent: Pick<Consent, 'demand'>;
}

export async function listDatabases(
  deps: RemoteDatabasesDeps,
  { name }: RemoteInput<'databases'>,
): Promise<RemoteOutput<'databases'>> {
  const server = await settledServer(deps, name);
  const databases = await deps.actions['databases.list']({ serverId: server.id });
  return { server: shownServer(server, deps), databases, limit: server.limits.databases ?? null };
}

/** Creates a database, gives it a new password or deletes it, as a window does. */
export async function changeDatabase(
  deps: RemoteDatabasesDeps,
  { name, change, isAgreed, confirm }: RemoteInput<'changeDatabase'>,
  call: Call<'changeDatabase'>,
): Promise<RemoteOutput<'changeDatabase'>> {
  const isProgram = call.client.kind === 'program';
  if (isProgram && change.kind === 'delete') {
    throw new RemoteError(newFailure('refused', sentence('remote.no-database-deletion')));
  }
  const { actions } = deps;
  const server = await settledServer(deps, name);
  const answer = (database: Database) => ({ server: shownServer(server, deps), database });
  const of = { serverId: server.id };
  if (change.kind === 'create') {
    if (isProgram)
      await demand(deps, server, { change: 'create', name: change.name, from: change.from }, call);
    stillWanted(call);
    return answer(await actions['databases.create']({ ...of, name: change.name, from: change.from }));
  }
  const database = databaseNamed(change.database, await actions['databases.list'](of));
  const names = { server: shownName(server), database: database.name };
  if (change.kind === 'rotate') {
    if (isProgram) await demand(deps, server, { change: 'rotate', name: database.name, from: '' }, call);
    else if (!isAgreed) {
      throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-rotate-database', names)));
    }
    stillWanted(call);
    return answer(await actions['databases.rotate']({ ...of, database: database.id }));
  }
  if (confirm !== database.name) {
    throw new RemoteError(newFailure('needs-yes', sentence('remote.ask-delete-database', names)));
  }
  stillWanted(call);
  await actions['databases.remove']({ ...of, database: database.id, typed: confirm });
  return answer(database);
}

/** Asks the person about a change that a program wants. */
async function demand(
  { consent, store }: RemoteDatabasesDeps,
  server: Server,
  wanted: { change: 'create' | 'rotate'; name: string; from: string },
  { client, ended }: Call<'changeDatabase'>,
): Promise<void> {
  const action = { kind: 'database', ...wanted } as const;
  const place = shownPlace(server, store.state);
  await consent.demand({ client: client.name, server, ...place, action, ended });
}
