/** Databases in the format of the API (PROTOCOL 2.22.1). */
import { createHash } from 'node:crypto';
import type { Database } from '../../data/databases.js';
import type { Server } from '../../data/world.js';
import type { World } from '../../records.js';
import type { PanelDialect } from '../dialect.js';
import { has, permissionsOf } from '../permissions.js';
import type { Call } from '../route.js';

/** Id in addresses and answers: opaque on Pterodactyl, the number on Pelican. */
function shownId({ id }: Database, { databases }: PanelDialect): string | number {
  if (databases.showsNumbers) return id;
  const text = createHash('sha256').update(`database ${id}`).digest('base64');
  return text.replace(/[^A-Za-z0-9]/g, '').slice(0, 8);
}

/** Database of the address; null = unknown, or of another server. */
export function findDatabase(
  world: World,
  server: Server,
  { database = '' }: Readonly<Record<string, string>>,
  dialect: PanelDialect,
): Database | null {
  return world.databasesOf(server.uuid).find((each) => String(shownId(each, dialect)) === database) ?? null;
}

/** `isNew` = the answer to the creation, which tells no limit of connections. */
export function databaseItem(
  database: Database,
  dialect: PanelDialect,
  { password, isNew = false }: { password: PasswordPart | null; isNew?: boolean },
): Record<string, unknown> {
  const { host, name, username, remote, maxConnections } = database;
  return {
    object: 'server_database',
    attributes: {
      id: shownId(database, dialect),
      host: { ...host },
      name,
      username,
      connections_from: remote,
      max_connections: isNew ? null : maxConnections,
      ...(password === null ? {} : { relationships: { password } }),
    },
  };
}

type PasswordPart =
  | { object: 'database_password'; attributes: { password: string } }
  | { object: 'null_resource'; attributes: null };

/** The password for whoever may see it, else the part that stands in its place. */
export function passwordPart(
  { password }: Database,
  { user, server }: Call<Server>,
  { permissions }: PanelDialect,
): PasswordPart {
  return has(permissionsOf(user, server) ?? [], permissions.viewPassword)
    ? { object: 'database_password', attributes: { password } }
    : { object: 'null_resource', attributes: null };
}
