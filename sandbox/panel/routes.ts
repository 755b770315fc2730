import { accountChangeRoutes } from './account-changes.js';
import { listAccountActivity, listActivity } from './activity-route.js';
import { apiKeyRoutes } from './api-key-routes.js';
import { listPermissions, listServers, viewAccount } from './account-routes.js';
import { backupRoutes } from './backups/routes.js';
import { databaseRoutes } from './databases/routes.js';
import type { PanelDialect } from './dialect.js';
import { fileRoutes } from './files/routes.js';
import { networkRoutes } from './network/routes.js';
import { playerCounterRoutes } from './player-counter/routes.js';
import { needs, onAccount, onServer, type Routes } from './route.js';
import { issueToken, sendCommand, sendSignal, viewServer, viewUsage } from './server-routes.js';
import {
  changeVariable,
  chooseImage,
  describe,
  imageRules,
  reinstall,
  rename,
  renameRules,
  viewStartup,
} from './settings-routes.js';
import { scheduleRoutes } from './schedules/routes.js';
import { isSignal, signals } from './signals.js';
import { sshKeyRoutes } from './ssh-key-routes.js';
import { subuserRoutes } from './subusers/routes.js';

/** All routes of the dialect. */
export function routesOf(dialect: PanelDialect): Routes {
  return {
    ...routes,
    ...backupRoutes(dialect),
    ...databaseRoutes(dialect),
    ...fileRoutes(),
    ...networkRoutes(),
    ...scheduleRoutes(dialect),
    ...sshKeyRoutes(dialect),
    ...subuserRoutes,
    ...apiKeyRoutes,
    ...accountChangeRoutes(dialect),
    ...(dialect.hasPlayerCounter ? playerCounterRoutes : {}),
    ...(dialect.rename.description === null ? descriptionRoute : {}),
  };
}

const routes: Routes = {
  '/api/client': { GET: onAccount({ run: listServers }) },
  '/api/client/account': {
    GET: onAccount({ withoutTwoFactor: true, run: viewAccount }),
  },
  '/api/client/account/activity': { GET: onAccount({ withoutTwoFactor: true, run: listAccountActivity }) },
  '/api/client/permissions': { GET: onAccount({ run: listPermissions }) },
  '/api/client/servers/:server': { GET: onServer({ inEveryState: true, run: viewServer }) },
  '/api/client/servers/:server/resources': { GET: onServer({ run: viewUsage }) },
  '/api/client/servers/:server/activity': {
    GET: onServer({ permission: needs('activity.read'), run: listActivity }),
  },
  '/api/client/servers/:server/websocket': {
    GET: onServer({
      isWebsocket: true,
      permission: (_, dialect) => dialect.permissions.websocket,
      run: issueToken,
    }),
  },
  '/api/client/servers/:server/power': {
    POST: onServer({
      // The permission depends on the signal, so an unknown signal is forbidden before it is invalid.
      permission: ({ signal }, dialect) =>
        isSignal(signal) ? dialect.permissions.power[signal] : dialect.permissions.unknownSignal,
      rules: () => ({ signal: `required|string|in:${signals.join(',')}` }),
      run: sendSignal,
    }),
  },
  '/api/client/servers/:server/command': {
    POST: onServer({
      permission: needs('control.console'),
      rules: () => ({ command: 'required|string|min:1' }),
      run: sendCommand,
    }),
  },
  '/api/client/servers/:server/settings/rename': {
    POST: onServer({ permission: needs('settings.rename'), rules: renameRules, run: rename }),
  },
  '/api/client/servers/:server/settings/reinstall': {
    POST: onServer({ permission: needs('settings.reinstall'), run: reinstall }),
  },
  '/api/client/servers/:server/settings/docker-image': {
    PUT: onServer({ permission: needs('startup.docker-image'), rules: imageRules, run: chooseImage }),
  },
  '/api/client/servers/:server/startup': {
    GET: onServer({ permission: needs('startup.read'), run: viewStartup }),
  },
  '/api/client/servers/:server/startup/variable': {
    PUT: onServer({
      permission: needs('startup.update'),
      rules: () => ({ key: 'required|string', value: 'present' }),
      run: changeVariable,
    }),
  },
};

/** For dialects where renaming does not include the description. */
const descriptionRoute: Routes = {
  '/api/client/servers/:server/settings/description': {
    POST: onServer({
      permission: needs('settings.description'),
      rules: () => ({ description: 'nullable|string' }),
      run: describe,
    }),
  },
};
