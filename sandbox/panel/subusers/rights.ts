/** Who may give which right to whom (PROTOCOL 2.23.4). */
import type { Server } from '../../data/world.js';
import type { PanelDialect } from '../dialect.js';
import { panelError, unexpected } from '../errors.js';
import { permissionsOf, reachesAll } from '../permissions.js';
import type { Call, RouteContext } from '../route.js';

/** Refuses calls about the caller, reads included. Runs before the fields are validated. */
export function refuseOwnEntry({ dialect }: RouteContext, { user, params }: Call<Server>): void {
  if (params['user'] === user.uuid) throw dialect.forbidden('user.update');
}

/** Refuses rights that the caller lacks. Owners and administrators grant all rights. */
export function refuseForeignRights({ dialect }: RouteContext, { user, server, input }: Call<Server>): void {
  const wanted = input['permissions'] ?? [];
  // PHP's own complaint about the type of an argument.
  if (!Array.isArray(wanted)) throw unexpected('TypeError');
  if (reachesAll(user) || server.ownerId === user.id) return;
  const own = dialect.permissions.shown(permissionsOf(user, server) ?? []);
  if (wanted.every((each) => own.includes(String(each)))) return;
  throw panelError(
    403,
    'HttpForbiddenException',
    'Cannot assign permissions to a subuser that your account does not actively possess.',
  );
}

/** The rights that are stored: known ones only, without repetition, and always the connection to the console. */
export function storedRights(wanted: unknown, dialect: PanelDialect): string[] {
  const known = idsOf(dialect);
  const given = Array.isArray(wanted) ? wanted.map(String).filter((each) => known.has(each)) : [];
  return [...new Set([...given, dialect.permissions.websocket])].map((each) =>
    dialect.permissions.stored(each),
  );
}

function idsOf({ permissions: { listed } }: PanelDialect): ReadonlySet<string> {
  if (isList(listed)) return new Set(listed);
  return new Set(
    Object.entries(listed).flatMap(([group, { keys }]) => Object.keys(keys).map((key) => `${group}.${key}`)),
  );
}

function isList(listed: PanelDialect['permissions']['listed']): listed is readonly string[] {
  return Array.isArray(listed);
}
