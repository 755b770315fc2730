/** Every request that Perch sends to a panel: path, texts for messages, schema of the answer. */
import type { PowerSignal } from '../../bridge/schema/domain.js';
import { powerPermission } from '../../bridge/panel/permissions.js';
import { sentence } from '../../messages/messages.js';
import { accountRequests } from './account-calls.js';
import { activityQuery, type ActivityPage } from './activity-query.js';
import { backupRequests } from './backup-calls.js';
import { databaseRequests } from './database-calls.js';
import { fileRequests } from './file-calls.js';
import { peopleRequests } from './people-calls.js';
import { networkRequests } from './network-calls.js';
import { scheduleRequests } from './schedule-calls.js';
import { sshKeyRequests } from './ssh-key-calls.js';
import { serverPath, read, write, type PanelCall } from './call.js';
import { activityAnswer } from './wire/activity.js';
import { activityPageAnswer } from './wire/activity-page.js';
import { accountAnswer, permissionsAnswer, ticketAnswer } from './wire/account.js';
import { listAnswer } from './wire/list.js';
import { resourcesAnswer } from './wire/resources.js';
import { serverItem } from './wire/server.js';
import { changedVariableAnswer, startupAnswer } from './wire/startup.js';

const newestPower =
  'filter%5Bevent%5D=server%3Apower%2Cserver%3Aschedule.execute%2Cserver%3Abackup.&sort=-timestamp&per_page=50&include=actor';

/** Calls with a method of the same name and arguments on `PanelApi`. */
export const panelCalls = {
  ...accountRequests,
  ...backupRequests,
  ...databaseRequests,
  ...fileRequests,
  ...peopleRequests,
  ...networkRequests,
  ...scheduleRequests,
  ...sshKeyRequests,

  permissions: () => read('/permissions', sentence('panel.what.permissions'), permissionsAnswer),

  server: (identifier: string) =>
    read(serverPath(identifier), sentence('panel.what.server'), serverItem, { subject: 'server' }),

  /** The newest power actions, manual schedule runs and actions on backups, with their users. */
  activity: (identifier: string) =>
    read(
      serverPath(identifier, `/activity?${newestPower}`),
      sentence('panel.what.activity'),
      activityAnswer,
      {
        subject: 'server',
        permission: 'activity.read',
      },
    ),

  /** One page of all activity of a server, newest first. */
  activityPage: (identifier: string, page: ActivityPage) =>
    read(
      serverPath(identifier, `/activity?${activityQuery(page)}`),
      sentence('panel.what.activity'),
      activityPageAnswer(page.page),
      { subject: 'server', permission: 'activity.read' },
    ),

  socketTicket: (identifier: string) =>
    read(serverPath(identifier, '/websocket'), sentence('panel.what.console'), ticketAnswer, {
      subject: 'server',
      permission: 'websocket.connect',
      budget: `websocket ${identifier}`,
    }),

  power: (identifier: string, signal: PowerSignal) =>
    write('POST', serverPath(identifier, '/power'), {
      body: { signal },
      what: sentence(`panel.what.${signal}`),
      permission: powerPermission(signal),
      usesNode: true,
      unsure: sentence('panel.maybe-power'),
    }),

  command: (identifier: string, command: string) =>
    write('POST', serverPath(identifier, '/command'), {
      body: { command },
      what: sentence('panel.what.command'),
      permission: 'control.console',
      usesNode: true,
      unsure: sentence('panel.maybe-command'),
    }),

  /** Without a description the panel keeps the old description. */
  rename: (identifier: string, { name, description }: { name: string; description?: string }) =>
    write('POST', serverPath(identifier, '/settings/rename'), {
      body: description === undefined ? { name } : { description, name },
      what: sentence('panel.what.rename'),
      permission: 'settings.rename',
    }),

  /** Only for servers with `Naming.description` `apart` (PROTOCOL 8.3.4). */
  describe: (identifier: string, description: string) =>
    write('POST', serverPath(identifier, '/settings/description'), {
      body: { description },
      what: sentence('panel.what.describe'),
      permission: 'settings.description',
    }),

  reinstall: (identifier: string) =>
    write('POST', serverPath(identifier, '/settings/reinstall'), {
      what: sentence('panel.what.reinstall'),
      permission: 'settings.reinstall',
      usesNode: true,
      unsure: sentence('panel.maybe-reinstall'),
    }),

  setDockerImage: (identifier: string, image: string) =>
    write('PUT', serverPath(identifier, '/settings/docker-image'), {
      body: { docker_image: image },
      what: sentence('panel.what.docker-image'),
      permission: 'startup.docker-image',
    }),

  setVariable: (identifier: string, key: string, value: string) =>
    write('PUT', serverPath(identifier, '/startup/variable'), {
      body: { key, value },
      what: sentence('panel.what.variable'),
      permission: 'startup.update',
      answer: changedVariableAnswer,
    }),
};

type Calls = typeof panelCalls;
type Answer<C> = C extends PanelCall<infer T> ? T : never;
export type CallMethods = {
  readonly [N in keyof Calls]: (...args: Parameters<Calls[N]>) => Promise<Answer<ReturnType<Calls[N]>>>;
};

// The calls below have hand-written methods on `PanelApi`, which do more than send one request.

export const readAccount = () => read('/account', sentence('panel.what.account'), accountAnswer);

/**
 * Servers to list: those of the account and those shared with it (null), or all servers of the panel (PROTOCOL 2.1).
 */
export type ListType = 'admin-all' | null;

/** Only the list includes the egg, whose name tells the game. A server's egg hardly ever changes. */
export const listServers = (
  page: number,
  { type, size = 100, withEgg = true }: { type: ListType; size?: number; withEgg?: boolean },
) =>
  read(
    `?per_page=${size}&page=${page}${type === null ? '' : `&type=${type}`}${withEgg ? '&include=egg' : ''}`,
    sentence('panel.what.servers'),
    listAnswer,
  );

export const readResources = (identifier: string) =>
  read(serverPath(identifier, '/resources'), sentence('panel.what.usage'), resourcesAnswer, {
    subject: 'server',
    usesNode: true,
  });

export const readStartup = (identifier: string, currentImage?: string) =>
  read(serverPath(identifier, '/startup'), sentence('panel.what.startup'), startupAnswer(currentImage), {
    subject: 'server',
    permission: 'startup.read',
  });
