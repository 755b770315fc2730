import * as z from 'zod';
import type { Database } from '../../../bridge/schema/databases.js';
import { enveloped, line, numberId, optionalAmount } from './fields.js';
import { wholeList } from './whole-list.js';

const mostDatabases = 1000;
const passwordText = z
  .string()
  .max(1000)
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]+$/u);

/** Opaque text on Pterodactyl, a number on Pelican. */
const id = z.union([z.string().regex(/^[\w-]{1,100}$/), z.int().min(1).transform(String)]);
/** The user can still see and delete a database without a host. */
const host = z
  .looseObject({ address: line(300), port: numberId.pipe(z.int().max(65_535)).catch(3306) })
  .nullish()
  .catch(null)
  .transform((part) => (part && part.address !== '' ? { address: part.address, port: part.port } : null));
/**
 * Missing for whoever may not see it (PROTOCOL 2.22.2). A password of another form is as good as none: a line break would
 * end the line of a configuration file, and would run a command where somebody pastes the password into a terminal.
 */
const password = z
  .looseObject({ attributes: z.looseObject({ password: passwordText }).nullish() })
  .nullish()
  .catch(null)
  .transform((part) => part?.attributes?.password ?? null);

const itemWithPassword = enveloped({
  id,
  name: line(200),
  username: line(200),
  host,
  connections_from: line(300),
  max_connections: optionalAmount,
  relationships: z.looseObject({ password }).nullish().catch(null),
}).transform((attributes) => ({
  database: {
    id: attributes.id,
    name: attributes.name,
    username: attributes.username,
    host: attributes.host,
    connectionsFrom: attributes.connections_from || '%',
    maxConnections: (attributes.max_connections ?? 0) > 0 ? attributes.max_connections : null,
  } satisfies Database,
  password: attributes.relationships?.password ?? null,
}));

/** Schema of one database, without its password (PROTOCOL 2.22.1). */
export const databaseItem = itemWithPassword.transform(({ database }) => database);

/** Schema of all databases of a server. */
export const databasesAnswer = wholeList(databaseItem, mostDatabases, (database) => database.id);

/** Schema of the list with passwords, of which only that of one database leaves; null = the panel has no such database. */
export const passwordAnswer = (wanted: string) =>
  wholeList(itemWithPassword, mostDatabases, ({ database }) => database.id).transform(
    (all): { database: Database; password: string | null } | null =>
      all.find(({ database }) => database.id === wanted) ?? null,
  );
