/** Routes without a server in their address. */
import { list, serverItem } from './items.js';
import { ok, type Call, type Reply, type RouteContext } from './route.js';
import { includesOf, paginate, selectServers } from './server-list.js';

export function viewAccount({ dialect }: RouteContext, { user }: Call<null>): Reply {
  return ok({ object: 'user', attributes: dialect.account(user) });
}

export function listServers(
  { world, dialect, gateway, state, url }: RouteContext,
  { user, query }: Call<null>,
): Reply {
  const page = paginate(selectServers(world, user, query), query, dialect.perPage, `${url()}/api/client`);
  const include = includesOf(query);
  const items = page.items.map((each) =>
    serverItem(each, {
      world,
      dialect,
      state,
      user,
      include,
      inList: true,
      stateOf: (server) => gateway.state(server),
    }),
  );
  return ok({ ...list(items), meta: { pagination: page.pagination } });
}

export function listPermissions({ dialect }: RouteContext): Reply {
  return ok({ object: 'system_permissions', attributes: { permissions: dialect.permissions.listed } });
}
