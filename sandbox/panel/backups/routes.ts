/** Routes about the backups of a server (PROTOCOL 2.16). */
import type { PanelDialect } from '../dialect.js';
import { unknownServer } from '../errors.js';
import { needs, onServer, type RouteOf, type Routes } from '../route.js';
import type { Server } from '../../data/world.js';
import { createBackup, deleteBackup, renameBackup, toggleLock } from './changes.js';
import { findBackup, linkBackup, listBackups, viewBackup } from './reads.js';
import { restoreBackup } from './restoration.js';

const all = '/api/client/servers/:server/backups';
const one = `${all}/:backup`;

/** Route about one backup. An unknown backup, and a backup of another server, are not found. */
const onBackup = (route: RouteOf<Server>) =>
  onServer({
    ...route,
    checkTarget: (world, server, params) => {
      if (findBackup(world, server, params) === null) throw unknownServer();
    },
  });

export function backupRoutes(dialect: PanelDialect): Routes {
  const name = `string|max:${dialect.backupNameMax}`;
  return {
    [all]: {
      GET: onServer({ permission: needs('backup.read'), run: listBackups }),
      POST: onServer({
        permission: needs('backup.create'),
        rules: () => ({
          name: `nullable|${name}`,
          is_locked: 'nullable|boolean',
          ignored: 'nullable|string',
        }),
        run: createBackup,
      }),
    },
    [one]: {
      GET: onBackup({ permission: needs('backup.read'), run: viewBackup }),
      DELETE: onBackup({ permission: needs('backup.delete'), run: deleteBackup }),
    },
    [`${one}/download`]: { GET: onBackup({ permission: needs('backup.download'), run: linkBackup }) },
    [`${one}/lock`]: { POST: onBackup({ permission: needs('backup.delete'), run: toggleLock }) },
    [`${one}/restore`]: {
      POST: onBackup({
        isRestoration: true,
        permission: needs('backup.restore'),
        rules: () => ({ truncate: 'required|boolean' }),
        run: restoreBackup,
      }),
    },
    ...(dialect.pelicanBackups
      ? {
          [`${one}/rename`]: {
            PUT: onBackup({
              permission: needs('backup.delete'),
              rules: () => ({ name: `required|${name}` }),
              run: renameBackup,
            }),
          },
        }
      : {}),
  };
}
