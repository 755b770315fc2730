import { longestDatabaseName } from '../../../bridge/databases/limits.js';
import { maySeePasswords, passwordPermission } from '../../../bridge/databases/password-permission.js';
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import { isGranted, lacking } from '../../../bridge/panel/permissions.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import type { Database } from '../../../bridge/schema/databases.js';
import { sentence } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import { asked, demand, type ServerDeps } from '../deps.js';
import { ServerTurns } from './server-turns.js';

/**
 * Calls about the databases of servers; `databases.copy` and `databases.open` need the desktop and are in main/shell.
 *
 * Changes of one server go one after the other: a lost answer is looked for in the list, and two creations at a time would
 * take each other's database for their own.
 */
export function databaseCalls(deps: ServerDeps) {
  const turns = new ServerTurns(deps);
  return {
    'databases.list': ({ serverId }) =>
      asked(deps, serverId, 'database.read', ({ server, watched }) =>
        watched.panel.databases(server.identifier),
      ),
    'databases.create': (input) => turns.run(input.serverId, () => create(deps, input)),
    'databases.rotate': (input) => turns.run(input.serverId, () => rotate(deps, input)),
    'databases.remove': (input) => turns.run(input.serverId, () => remove(deps, input)),
    'databases.showPassword': async ({ serverId, database }) => {
      const { password } = await databaseWithPassword(deps, serverId, database);
      return { password };
    },
  } satisfies CallTable;
}

/**
 * One database with its password. Rejects with `PerchError`: `forbidden` if the account may not see the password,
 * `not-found` if the panel has no such database.
 */
export async function databaseWithPassword(
  deps: ServerDeps,
  serverId: string,
  id: string,
): Promise<{ database: Database; password: string }> {
  return asked(deps, serverId, 'database.read', async ({ server, watched: { panel } }) => {
    const permission = passwordPermission(server);
    if (!maySeePasswords(server)) throw new PerchError(hidden(permission));
    const found = await panel.databasePassword(server.identifier, id);
    if (found === null) throw new PerchError(gone);
    // The grants that Perch knows may be old.
    if (found.password === null) throw new PerchError(hidden(permission));
    return { database: found.database, password: found.password };
  });
}

/** One database without its password. Rejects as above. */
export async function databaseOf(deps: ServerDeps, serverId: string, id: string): Promise<Database> {
  return asked(deps, serverId, 'database.read', async ({ server, watched: { panel } }) => {
    const found = (await panel.databases(server.identifier)).find((each) => each.id === id);
    if (found === undefined) throw new PerchError(gone);
    return found;
  });
}

/** Creates a database, also if the answer was lost: the list then tells whether it is there. */
async function create(
  deps: ServerDeps,
  { serverId, name, from }: HandlerInput<'databases.create'>,
): Promise<Database> {
  return asked(deps, serverId, 'database.create', async ({ server, watched: { panel } }) => {
    const { identifier, permissions } = server;
    const mayLook = isGranted(permissions, 'database.read');
    const before = new Set((mayLook ? await panel.databases(identifier) : []).map(({ id }) => id));
    try {
      return await panel.createDatabase(identifier, { name, from });
    } catch (error) {
      if (toProblem(error).maybeDone !== true || !mayLook) throw error;
      const now = await panel.databases(identifier).catch(() => []);
      const made = now.filter((each) => !before.has(each.id) && isNamed(each, name));
      if (made[0] === undefined || made.length > 1) throw error;
      return made[0];
    }
  });
}

/** Whether the panel made this name of the wished one: a prefix before it, and the end of a long name cut off. */
function isNamed({ name }: Database, wished: string): boolean {
  const own = /^s\d+_(.+)$/su.exec(name)?.[1];
  if (own === undefined) return false;
  return own === wished || (name.length >= longestDatabaseName && wished.startsWith(own));
}

/**
 * Gives a new password, also if the answer was lost: another password than before then tells that the panel did so. An
 * account that may not see passwords stays unsure.
 */
async function rotate(
  deps: ServerDeps,
  { serverId, database: id }: HandlerInput<'databases.rotate'>,
): Promise<Database> {
  return asked(deps, serverId, 'database.update', async ({ server, watched: { panel } }) => {
    const { identifier, permissions } = server;
    const mayLook = maySeePasswords(server) && isGranted(permissions, 'database.read');
    const read = async () => (mayLook ? panel.databasePassword(identifier, id).catch(() => null) : null);
    const before = (await read())?.password ?? null;
    try {
      return await panel.rotateDatabase(identifier, id);
    } catch (error) {
      const problem = toProblem(error);
      if (problem.maybeDone !== true || before === null) throw error;
      const now = await read();
      if (now === null || now.password === null) throw error;
      if (now.password !== before) return now.database;
      throw new PerchError({ ...problem, next: sentence('actions.password-same') }, { cause: error });
    }
  });
}

/**
 * Compares the typed name with the database's present name on the panel. A database that is gone already counts as
 * deleted.
 */
async function remove(
  deps: ServerDeps,
  { serverId, database: id, typed }: HandlerInput<'databases.remove'>,
): Promise<void> {
  await asked(deps, serverId, 'database.delete', async ({ server, watched: { panel } }) => {
    demand(server, 'database.read');
    const find = async () => (await panel.databases(server.identifier)).find((each) => each.id === id);
    const present = await find();
    if (present === undefined) return;
    if (present.name !== typed.trim()) throw new PerchError(otherName);
    try {
      await panel.deleteDatabase(server.identifier, id);
    } catch (error) {
      const { code, maybeDone } = toProblem(error);
      const isInDoubt = code === 'not-found' || maybeDone === true;
      // A list that does not come leaves the doubt.
      if (!isInDoubt || (await find().catch(() => present)) !== undefined) throw error;
    }
  });
}

function hidden(permission: string) {
  return {
    ...newProblem('forbidden', lacking(permission), sentence('panel.ask-owner', { permission })),
    permission,
  };
}

const gone = newProblem('not-found', sentence('actions.database-gone'), sentence('panel.load-databases'));
const otherName = newProblem('invalid', sentence('actions.database-name'));
