/** Routes about the databases of a server (PROTOCOL 2.22). */
import type { Server } from '../../data/world.js';
import type { PanelDialect } from '../dialect.js';
import { unknownServer } from '../errors.js';
import { needs, onServer, type RouteOf, type Routes } from '../route.js';
import { createDatabase, deleteDatabase, listDatabases, rotatePassword } from './calls.js';
import { findDatabase } from './items.js';

const all = '/api/client/servers/:server/databases';
const one = `${all}/:database`;

export function databaseRoutes(dialect: PanelDialect): Routes {
  /** Route about one database. An unknown database, and a database of another server, are not found. */
  const onDatabase = (route: RouteOf<Server>) =>
    onServer({
      ...route,
      checkTarget: (world, server, params) => {
        if (findDatabase(world, server, params, dialect) === null) throw unknownServer();
      },
    });
  return {
    [all]: {
      GET: onServer({ permission: needs('database.read'), run: listDatabases }),
      POST: onServer({
        isDatabaseCreation: true,
        permission: needs('database.create'),
        rules: () => ({
          database: 'required|alpha_dash|min:3|max:48',
          remote: 'required|string|regex:/^[\\w\\-\\/.%:]+$/',
        }),
        run: createDatabase,
      }),
    },
    [`${one}/rotate-password`]: {
      POST: onDatabase({ permission: needs('database.update'), run: rotatePassword }),
    },
    [one]: { DELETE: onDatabase({ permission: needs('database.delete'), run: deleteDatabase }) },
  };
}
