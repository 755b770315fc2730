/** Routes about the people who share a server (PROTOCOL 2.23). */
import { randomInt, randomUUID } from 'node:crypto';
import type { Server, Subuser, User } from '../../data/world.js';
import type { World } from '../../records.js';
import { NodeDown } from '../../wings/api.js';
import { panelError, unknownServer } from '../errors.js';
import { list } from '../items.js';
import {
  needs,
  noContent,
  ok,
  onServer,
  type Call,
  type Reply,
  type RouteContext,
  type RouteOf,
  type Routes,
} from '../route.js';
import { subuserItem } from './items.js';
import { refuseForeignRights, refuseOwnEntry, storedRights } from './rights.js';

const all = '/api/client/servers/:server/users';
const rights = { permissions: 'required|array' };

export const subuserRoutes: Routes = {
  [all]: {
    GET: onServer({ permission: needs('user.read'), run: listSubusers }),
    POST: onServer({
      isSubuserCreation: true,
      permission: needs('user.create'),
      authorize: refuseForeignRights,
      rules: () => ({ email: 'required|between:1,191|email', ...rights }),
      run: createSubuser,
    }),
  },
  [`${all}/:user`]: {
    GET: onSubuser({ permission: needs('user.read'), authorize: refuseOwnEntry, run: viewSubuser }),
    POST: onSubuser({
      permission: needs('user.update'),
      authorize: (context, call) => {
        refuseOwnEntry(context, call);
        refuseForeignRights(context, call);
      },
      rules: () => rights,
      run: updateSubuser,
    }),
    DELETE: onSubuser({ permission: needs('user.delete'), authorize: refuseOwnEntry, run: removeSubuser }),
  },
};

/** Route about one subuser. Somebody who does not share this server is not found. */
function onSubuser(route: RouteOf<Server>) {
  return onServer({
    ...route,
    checkTarget: (world, server, params) => {
      if (findSubuser(world, server, params['user']) === undefined) throw unknownServer();
    },
  });
}

function findSubuser(world: World, server: Server, uuid: string | undefined): Subuser | undefined {
  return server.subusers.find(({ userId }) => world.user(userId).uuid === uuid);
}

function subuserOf(world: World, { server, params }: Call<Server>): Subuser {
  const found = findSubuser(world, server, params['user']);
  if (found === undefined) throw new Error('The address was checked.');
  return found;
}

/** Without pages, in the order in which they were added. */
function listSubusers({ world, dialect }: RouteContext, { server }: Call<Server>): Reply {
  return ok(list(server.subusers.map((each) => subuserItem(each, world, dialect))));
}

function viewSubuser({ world, dialect }: RouteContext, call: Call<Server>): Reply {
  return ok(subuserItem(subuserOf(world, call), world, dialect));
}

/** An address that no account has makes an account, to which the panel sends a mail. */
function createSubuser(context: RouteContext, call: Call<Server>): Reply {
  const { world, dialect, now } = context;
  const { server, input } = call;
  const email = String(input['email']);
  const known = [...world.users.values()].find((each) => each.email.toLowerCase() === email.toLowerCase());
  if (known?.id === server.ownerId) {
    throw panelError(
      400,
      'UserIsServerOwnerException',
      'You cannot add the server owner as a subuser for this server.',
      'back',
    );
  }
  if (server.subusers.some(({ userId }) => userId === known?.id)) {
    throw panelError(
      400,
      'ServerSubuserExistsException',
      'A user with that email address is already assigned as a subuser for this server.',
      'back',
    );
  }
  const createdAt = new Date(now()).toISOString();
  const user = known ?? newUser(world, email, createdAt);
  world.saveUser(user);
  const subuser = { userId: user.id, permissions: storedRights(input['permissions'], dialect), createdAt };
  server.subusers = [...server.subusers, subuser];
  world.saveServer(server);
  const permissions = dialect.permissions.shown(subuser.permissions);
  record(context, call, 'create', { email: user.email, permissions, count: permissions.length });
  return ok(subuserItem(subuser, world, dialect));
}

/** The same rights again have no effect, and no activity entry. */
function updateSubuser(context: RouteContext, call: Call<Server>): Reply {
  const { world, dialect } = context;
  const subuser = subuserOf(world, call);
  const before = dialect.permissions.shown(subuser.permissions).toSorted();
  const stored = storedRights(call.input['permissions'], dialect).sort();
  const after = dialect.permissions.shown(stored).toSorted();
  if (before.join() !== after.join()) {
    subuser.permissions = stored;
    world.saveServer(call.server);
    const user = world.user(subuser.userId);
    record(context, call, 'update', {
      email: user.email,
      old: before,
      old_count: before.length,
      new: after,
      new_count: after.length,
      revoked: revoke(context, call.server, user),
    });
  }
  return ok(subuserItem(subuser, world, dialect));
}

function removeSubuser(context: RouteContext, call: Call<Server>): Reply {
  const { world } = context;
  const subuser = subuserOf(world, call);
  const user = world.user(subuser.userId);
  call.server.subusers = call.server.subusers.filter((each) => each !== subuser);
  world.saveServer(call.server);
  record(context, call, 'delete', { email: user.email, revoked: revoke(context, call.server, user) });
  return noContent;
}

/** Tells the node that the user's tokens are worth nothing now. False = the node does not answer, which is no failure. */
function revoke({ gateway }: RouteContext, server: Server, user: User): boolean {
  try {
    gateway.nodeOf(server).revoke(user.uuid, server.uuid);
    return true;
  } catch (error) {
    if (error instanceof NodeDown) return false;
    throw error;
  }
}

/** The name is the first part of the address with three more characters. */
function newUser(world: World, email: string, createdAt: string): User {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  const more = Array.from({ length: 3 }, () => letters.charAt(randomInt(letters.length))).join('');
  const name = (email.split('@')[0] ?? '').replace(/[^\w.-]+/g, '').slice(0, 64);
  return {
    id: Math.max(0, ...world.users.keys()) + 1,
    uuid: randomUUID(),
    username: `${name}${more}`.toLowerCase(),
    email,
    firstName: 'Server',
    lastName: 'Subuser',
    language: 'en',
    rootAdmin: false,
    createdAt,
  };
}

function record(
  { activity }: RouteContext,
  { server, user }: Call<Server>,
  what: string,
  properties: Record<string, unknown>,
): void {
  activity.record(server.uuid, {
    event: `server:subuser.${what}`,
    userUuid: user.uuid,
    properties,
    hasMore: true,
  });
}
