import { randomBytes, randomInt } from 'node:crypto';
import type { Database } from '../../data/databases.js';
import type { Server } from '../../data/world.js';
import { panelError, unexpected } from '../errors.js';
import { list } from '../items.js';
import { noContent, ok, type Call, type Reply, type RouteContext } from '../route.js';
import { databaseItem, findDatabase, passwordPart } from './items.js';

/** Most characters of a name with its prefix. */
const longestName = 48;

/** By id; without pages. The list needs no host of databases. */
export function listDatabases({ world, dialect }: RouteContext, call: Call<Server>): Reply {
  const includes = String(call.query['include'] ?? '').split(',');
  const hasPasswords = includes.includes('password');
  return ok(
    list(
      world.databasesOf(call.server.uuid).map((each) =>
        databaseItem(each, dialect, {
          password: hasPasswords ? passwordPart(each, call, dialect) : null,
        }),
      ),
    ),
  );
}

/** Refuses in the order of PROTOCOL 2.22.5. */
export function createDatabase(context: RouteContext, call: Call<Server>): Reply {
  const { world, dialect, state } = context;
  const { server, input } = call;
  const host = state.databaseHost;
  if (host === null) {
    throw refusal(
      'NoSuitableDatabaseHostException',
      'No database host was found that meets the requirements for this server.',
    );
  }
  if (state.databasesLocked) {
    throw refusal(
      'DatabaseClientFeatureNotEnabledException',
      'Client database creation is not enabled in this Panel.',
    );
  }
  const all = world.databasesOf(server.uuid);
  const limit = server.featureLimits.databases;
  if (limit !== null && all.length >= limit) {
    throw refusal(
      'TooManyDatabasesException',
      'Operation aborted: creating a new database would put this server over the defined limit.',
    );
  }
  const name = `s${server.id}_${String(input['database'])}`.slice(0, longestName);
  if (all.some((each) => each.name === name)) {
    throw refusal(
      'DuplicateDatabaseNameException',
      'A database with that name already exists for this server.',
    );
  }
  checkHost(context);
  const database: Database = {
    id: world.nextDatabaseId(),
    serverUuid: server.uuid,
    host: { address: host.address, port: host.port },
    name,
    username: `u${server.id}_${letters(10)}`,
    password: newPassword(),
    remote: String(input['remote']),
    maxConnections: 0,
  };
  world.saveDatabase(database);
  record(context, call, 'create', database);
  const password = passwordPart(database, call, dialect);
  return ok(databaseItem(database, dialect, { password, isNew: true }));
}

export function rotatePassword(context: RouteContext, call: Call<Server>): Reply {
  const { world, dialect } = context;
  const database = databaseOf(context, call);
  checkHost(context);
  database.password = newPassword();
  world.saveDatabase(database);
  record(context, call, 'rotate-password', database);
  return ok(databaseItem(database, dialect, { password: passwordPart(database, call, dialect) }));
}

export function deleteDatabase(context: RouteContext, call: Call<Server>): Reply {
  const database = databaseOf(context, call);
  checkHost(context);
  context.world.removeDatabase(database.id);
  record(context, call, 'delete', database);
  return noContent;
}

/** 24 letters and digits, a few of them replaced, as the panel makes them (PROTOCOL 2.22.3). */
export function newPassword(): string {
  const characters = [...letters(24)];
  for (const special of ['!', '@', '=', '.', '+', '^'].slice(0, randomInt(2, 7))) {
    characters[randomInt(characters.length)] = special;
  }
  return characters.join('');
}

/** Letters and digits. */
export function letters(count: number): string {
  let text = '';
  while (text.length < count)
    text += randomBytes(count)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '');
  return text.slice(0, count);
}

function databaseOf({ world, dialect }: RouteContext, { server, params }: Call<Server>): Database {
  const found = findDatabase(world, server, params, dialect);
  if (found === null) throw new Error('The address was checked.');
  return found;
}

/** The error of the database driver where the host of databases does not answer. */
function checkHost({ state }: RouteContext): void {
  if (state.databaseHost?.isDown) throw unexpected('QueryException');
}

const refusal = (code: string, detail: string) => panelError(400, code, detail, 'back');

function record(
  { activity }: RouteContext,
  { server, user }: Call<Server>,
  what: 'create' | 'rotate-password' | 'delete',
  { name }: Database,
): void {
  activity.record(server.uuid, {
    event: `server:database.${what}`,
    userUuid: user.uuid,
    properties: { name },
  });
}
